# What the dashboard says, in Tibetan; unchecked, as ../bo.ftl. No trace depends on it.

## The electronic journal

journal-session_started = ཞབས་ཞུ་འགོ་འཛུགས།
journal-consent_given = མོས་མཐུན་བྱས་ཟིན།
journal-consent_withdrawn = མོས་མཐུན་རྩིས་མེད།
journal-face_deleted = ངོ་གདོང་གཞི་གྲངས་སུབ་ཟིན།
journal-face_assessed = ངོ་གདོང་དཔྱད་འཇལ་བྱས་ཟིན།
journal-face_verified = ངོ་གདོང་ར་འཕྲོད་པ།
journal-face_enrolled = ངོ་གདོང་ནང་འཇུག་ལེགས་གྲུབ་བྱུང་།
journal-face_not_kept = ངོ་གདོང་ནང་འཇུག་ཕམ་ཉེས་བྱུང་།
journal-number_entered = ཨང་གྲངས་ནང་འཇུག་བྱས་ཟིན།
journal-pin_accepted = གསང་ཨང་ར་འཕྲོད་པ།
journal-pin_refused = གསང་ཨང་ནོར་འདུག
journal-debit_authorised = དངུལ་ཁང་གིས་ཆོག་མཆན་གནང་།
journal-debit_refused = དངུལ་ཁང་གིས་ཁས་མི་ལེན།
journal-cash_dispensed = དངུལ་གྲ་སྒྲིག་བྱས་ཟིན།
journal-cash_presented = དངུལ་སྤྲད་ཟིན།
journal-cash_taken = ལག་དངུལ་བླངས་ཟིན།
journal-cash_retracted_suspect = དངུལ་ཕྱིར་བསྡུས་ཟིན། ཞིབ་བཤེར་བྱེད་དགོས།
journal-cash_rejected = ཤོག་དངུལ་འདོར་བ།
journal-reversal_queued = ཕྱིར་སློག་སྒུག་བཞིན་པ།
journal-reversal_sent = ཕྱིར་སློག་བཏང་ཟིན།
journal-reversal_acknowledged = ཕྱིར་སློག་གཏན་འཁེལ།
journal-receipt_printed = བྱུང་འཛིན་པར་འདེབས་ལེགས་གྲུབ་བྱུང་།
journal-receipt_failed = བྱུང་འཛིན་པར་འདེབས་ཕམ་ཉེས་བྱུང་།
journal-receipt_retracted = བྱུང་འཛིན་ཕྱིར་བསྡུས་ཟིན།
journal-operator_called = ལས་བྱེད་པ་ལ་འབྲེལ་གཏུགས་བྱེད་དགོས།
journal-session_ended = ཞབས་ཞུ་མཇུག་བསྡུས།
journal-power_returned = ཞབས་ཞུ་ཡང་བསྐྱར་འགོ་འཛུགས
journal-maintenance_started = ཞབས་ཞུ་མཚམས་འཇོག
journal-maintenance_ended = ཞབས་ཞུ་ཡང་བསྐྱར་འགོ་འཛུགས
journal-out_of_service = ཞབས་ཞུ་མཚམས་འཇོག

outcome-served = ལེགས་གྲུབ།
outcome-refused = ཁས་མི་ལེན།
outcome-cancelled = རྩིས་མེད།
outcome-timed_out = དུས་བརྒལ།
outcome-failed = ཕམ་ཉེས་བྱུང་།

## The dashboard: frame

app-tagline = ངོ་གདོང་ངོས་འཛིན་རང་འགུལ་དངུལ་ལེན་འཕྲུལ་ཆས། (ATM)
app-home = དཔེ་མཚོན་ཚང་མ།
app-language = སྐད་ཡིག
app-draft = བོད་ཡིག་གི་ཚིག་འདི་དག་ད་དུང་ཞིབ་བཤེར་བྱེད་དགོས།
app-synthetic = འདིའི་མི་དང་། ངོ་གདོང་། རྩིས་ཁྲ་ཚང་མ་བཅོས་མ་ཡིན།
app-digits = བོད་ཡིག་གི་ཨང་གྲངས། ༠–༩
app-loading = ཅུང་ཙམ་སྒུག་རོགས།
app-retry = ཡང་བསྐྱར་ཚོད་ལྟ།
app-reload = ཤོག་ངོས་ཡང་བསྐྱར་ཁ་ཕྱེ།
app-close = ཁ་རྒྱག

## The dashboard: choosing

home-heading = དཔེ་མཚོན་ཞིག་འདེམས་རོགས།
home-lead = དཔེ་མཚོན་འཁོར་སྐྱོད་བྱས་རྗེས་འཕྲུལ་ཆས་ཀྱི་ཆ་ཤས་ཚང་མར་གཟིགས་ཆོག
home-run = འཁོར་སྐྱོད།
home-running = འཁོར་སྐྱོད་བྱེད་བཞིན་པ།
home-seed = ས་བོན།
home-source = དཔེ་མཚོན་གྱི་ཡིག་ཆ།
home-runs = སྔོན་གྱི་འཁོར་སྐྱོད།
home-no_runs = འཁོར་སྐྱོད་མེད། དཔེ་མཚོན་ཞིག་འདེམས་རོགས།
home-no_scenarios = དཔེ་མཚོན་མེད། YAML ཡིག་ཆ་ scenarios/ ནང་འཇོག་རོགས།

## The dashboard: when something goes wrong

error-title = ཕམ་ཉེས་བྱུང་།
error-server = ཞབས་ཞུ་ཆས་ལ་འབྲེལ་གཏུགས་བྱེད་མ་ཐུབ།
error-outdated = ཤོག་ངོས་འདི་འགྱུར་ཟིན། ཤོག་ངོས་ཡང་བསྐྱར་ཁ་ཕྱེ་རོགས།
error-run = འཁོར་སྐྱོད་འགོ་འཛུགས་མ་ཐུབ།
error-trace = ཟིན་ཐོ་ཀློག་མི་ཐུབ།
error-missing = འཁོར་སྐྱོད་འདི་མེད།

## The dashboard: panels

panel-atm = མགྲོན་པོའི་བརྙན་ཤེལ།
panel-camera = པར་ཆས།
panel-face = ངོ་གདོང་ངོས་འཛིན།
panel-session = གནས་སྟངས།
panel-machine = འཕྲུལ་ཆས་ཀྱི་ནང་།
panel-messages = དངུལ་ཁང་གི་བརྡ་འཕྲིན།
panel-ledger = རྩིས་ཐོ།
panel-log = དོན་རྐྱེན།
panel-result = མཇུག་འབྲས།

camera-rgb = ཁ་དོག
camera-nir = དམར་ཕྱིའི་འོད།
camera-depth = གཏིང་ཚད།
camera-none = པར་མེད།
camera-rendering = པར་བཟོ་བཞིན་པ།
camera-match = པར་དང་ཟིན་ཐོ་མཐུན།
camera-mismatch = པར་དང་ཟིན་ཐོ་མི་མཐུན།
camera-unavailable = པར་བཟོ་མི་ཐུབ།

face-detection = དཔྱད་འཇལ།
face-liveness = གསོན་པོ་ཡིན་མིན།
face-match = ཆ་སྒྲིག
face-threshold = ཚད་མཚམས།
face-none = ད་དུང་དཔྱད་འཇལ་བྱས་མེད།
verdict-live = ངོ་གདོང་གསོན་པོ།
verdict-presentation_attack = ངོ་གདོང་རྫུན་མ།
verdict-injected = པར་རྫུན་མ།
verdict-unusable = སྤྱོད་མི་རུང་།
verdict-match = ཆ་སྒྲིག་ཡིན།
verdict-no_match = ཆ་སྒྲིག་མིན།
verdict-no_reference = གཞི་གྲངས་མེད།
verdict-enrolled = ནང་འཇུག་ལེགས་གྲུབ་བྱུང་།
verdict-not_kept = ནང་འཇུག་ཕམ་ཉེས་བྱུང་།
verdict-deleted = ངོ་གདོང་གཞི་གྲངས་སུབ་ཟིན།
verdict-forgotten = གཞི་གྲངས་སུབ་ཟིན།

session-faults = སྐྱོན།

machine-cassette = དངུལ་སྒམ་ { $number }
machine-shutter = སྒོ།
machine-open = ཁ་ཕྱེ།
machine-closed = ཁ་བརྒྱབ།
machine-jammed = ཁེགས་འདུག
machine-busy = སྒྲིག་གཅོད་བྱེད་བཞིན་པ།
machine-idle = ཁོམ་དུས།
machine-unknown = ཆ་འཕྲིན་མེད།

messages-none = བརྡ་འཕྲིན་མེད།
messages-up = དྲ་རྒྱ་ཡོད།
messages-down = དྲ་རྒྱ་ཆད།
ledger-none = རྩིས་ཐོ་མེད།
from-atm = ATM
from-bank = དངུལ་ཁང་།
seen-sent = བཏང་ཟིན།
seen-received = འབྱོར་ཟིན།
seen-lost = བརླག་སོང་།
seen-refused = ཁས་མི་ལེན།

mti-0100 = འདྲི་རྩད།
mti-0110 = འདྲི་རྩད་ཀྱི་ལན།
mti-0120 = དངུལ་ཁང་ལ་འབྲེལ་གཏུགས།
mti-0121 = ཡང་བསྐྱར་དངུལ་ཁང་ལ་འབྲེལ་གཏུགས།
mti-0130 = དངུལ་ཁང་གི་ལན།
mti-0200 = དངུལ་ཕྱིར་ལེན་རེ་ཞུ།
mti-0210 = དངུལ་ཕྱིར་ལེན་གྱི་ལན།
mti-0420 = ཕྱིར་སློག
mti-0421 = ཡང་བསྐྱར་ཕྱིར་སློག
mti-0430 = ཕྱིར་སློག་གཏན་འཁེལ།

de-3 = སྒྲིག་གཅོད་ཨང་རྟགས།
de-7 = བཏང་བའི་ཟླ་ཚེས་དང་དུས་ཚོད།
de-12 = དུས་ཚོད།
de-13 = ཟླ་ཚེས།
de-18 = ཚོང་གི་རིགས།
de-22 = ནང་འཇུག་ཐབས།
de-37 = བཤེར་འཚོལ་ཨང་གྲངས།
de-38 = ཆོག་མཆན་ཨང་གྲངས།
de-39 = ལན་གྱི་ཨང་རྟགས།
de-48 = གཞི་གྲངས་གཞན།
de-49 = དངུལ་ལོར།
de-52 = གསང་ཨང་གཞི་གྲངས།
de-54 = དངུལ་འབོར་གཞན།
de-90 = ཐོག་མའི་གཞི་གྲངས།

rc-00 = ཆོག་མཆན་གནང་།
rc-12 = སྒྲིག་གཅོད་ནོར་འདུག
rc-14 = མགྲོན་པོ་འདི་མེད།
rc-25 = ཐོག་མའི་ཟིན་ཐོ་མེད།
rc-51 = ལྷག་དངུལ་མི་འདང་།
rc-55 = གསང་ཨང་ནོར་འདུག
rc-61 = ཚད་བཀག་ལས་བརྒལ་འདུག
rc-62 = སྒོ་ལྕགས་བརྒྱབ་ཟིན།
rc-65 = ཐེངས་གྲངས་ཚད་བཀག་ལས་བརྒལ་འདུག
rc-75 = ཚོད་ལྟའི་ཐེངས་མང་དྲགས།
rc-96 = རྒྱུད་ཁོངས་ལ་སྐྱོན་འདུག
rc-A0 = ཆ་འཕྲིན་ར་སྤྲོད་བྱེད་མ་ཐུབ།

group-customer = མགྲོན་པོ།
group-screen = བརྙན་ཤེལ།
group-face = ངོ་གདོང་།
group-device = སྒྲིག་ཆས།
group-bank = དངུལ་ཁང་།
group-journal = ཟིན་ཐོ།
group-trouble = སྐྱོན།
log-search = དོན་རྐྱེན་བཤེར་འཚོལ།
log-none = དོན་རྐྱེན་མེད།
log-count = { $shown } / { $all }
log-now = ད་ལྟ།

result-expected = རེ་བ་དང་མཐུན།
result-unexpected = རེ་བ་དང་མི་མཐུན།
result-cash = བླངས་པའི་དངུལ།
result-duration = དུས་ཡུན།
result-whole_run = འཁོར་སྐྱོད་དུས་ཡུན།
result-root = རྩ་བའི་ཨང་རྟགས།
result-seed = ས་བོན།

time-play = གཏོང་བ།
time-pause = མཚམས་འཇོག
time-speed = མྱུར་ཚད།
time-first = ཐོག་མ།
time-last = མཇུག
time-previous = དོན་རྐྱེན་སྔོན་མ།
time-next = དོན་རྐྱེན་རྗེས་མ།
time-line = དུས་ཐིག
time-link = སྦྲེལ་ལམ་འདྲ་བཟོ།
time-copied = འདྲ་བཟོ་ལེགས་གྲུབ་བྱུང་།
marker-customer = མགྲོན་པོའི་བྱ་བ།
marker-decision = ཐག་གཅོད།
marker-money = དངུལ།
marker-fault = སྐྱོན།
marker-oracle = སྒྲིག་ལམ་འགལ་བ།
fault-begins = འགོ་འཛུགས།
fault-ends = མཇུག་བསྡུས།

help-title = མཐེབ་གནོན།
help-play = གཏོང་བའམ་མཚམས་འཇོག
help-event = དོན་རྐྱེན་སྔོན་མའམ་རྗེས་མ།
help-second = སྐར་ཆ་ 1 སྔོན་མའམ་རྗེས་མ།
help-ends = ཐོག་མའམ་མཇུག
help-speed = མྱུར་ཚད། 0.25–100
help-marker = རྟགས་སྔོན་མའམ་རྗེས་མ།
help-search = དོན་རྐྱེན་བཤེར་འཚོལ།
help-sheet = རོགས་རམ།

## Where a session stands

stage-welcome = དགའ་བསུ།
stage-face = ངོ་གདོང་།
stage-number = ཨང་གྲངས།
stage-pin = གསང་ཨང་།
stage-service = ཞབས་ཞུ།
stage-money = དངུལ།
stage-end = མཇུག

state-out_of_service = ཞབས་ཞུ་མཚམས་འཇོག
state-recovering = ཡང་བསྐྱར་འགོ་འཛུགས།
state-maintenance = བཟོ་བཅོས།
state-idle = མགྲོན་པོ་སྒུག་བཞིན་པ།
state-consent = མོས་མཐུན།
state-capturing = པར་ལེན་བཞིན་པ།
state-assessing = པར་དཔྱད་འཇལ།
state-entering_number = ཨང་གྲངས་ནང་འཇུག
state-looking_up = མགྲོན་པོ་བཤེར་འཚོལ།
state-verifying = ངོ་གདོང་ཆ་སྒྲིག
state-entering_pin = གསང་ཨང་ནང་འཇུག
state-sealing_pin = གསང་ཨང་གསང་སྡོམ།
state-checking_pin = གསང་ཨང་ར་སྤྲོད།
state-choosing_service = ཞབས་ཞུ་འདེམས།
state-withdrawing_consent = ངོ་གདོང་གཞི་གྲངས་སུབ་པ།
state-showing_balance = ལྷག་དངུལ།
state-choosing_amount = དངུལ་འབོར་འདེམས།
state-entering_amount = དངུལ་འབོར་ནང་འཇུག
state-denominating = ཤོག་དངུལ་འདེམས།
state-asking_nonce = ཆོག་མཆན་ཨང་གྲངས།
state-authorising = དངུལ་ཁང་གི་ཆོག་མཆན།
state-dispensing = དངུལ་གྲ་སྒྲིག
state-presenting = དངུལ་སྤྲོད།
state-cash_waiting = དངུལ་སྒུག་བཞིན་པ།
state-retracting = དངུལ་ཕྱིར་བསྡུས།
state-rejecting = ཤོག་དངུལ་འདོར་བ།
state-asking_present_status = དངུལ་བླངས་ཡོད་མེད།
state-printing = བྱུང་འཛིན་པར་འདེབས།
state-ending = མཇུག

## Where notes are, what was posted, what the customer did

place-stacker = གསོག་ཆས།
place-position = སྒོའི་ནང་།
place-customer = མགྲོན་པོ།
place-reject = འདོར་སྒམ།
place-retract = ཕྱིར་བསྡུས་སྒམ།
ledger-opening = ཐོག་མའི་ལྷག་དངུལ།
ledger-withdrawal = ཕྱིར་ལེན།
ledger-reversal = ཕྱིར་སློག
# Composed of sourced words; the four want a native reader's eye.
ledger-load = ལག་དངུལ་ནང་འཇུག
ledger-unload = ལག་དངུལ་ཕྱིར་བསྡུས།
ledger-surplus = ལག་དངུལ་ལྷག་དངུལ།
ledger-shortage = ལག་དངུལ་མི་འདང་།
does-arrives = མགྲོན་པོ་ཡོང་།
does-looks = པར་ཆས་ལ་གཟིགས།
does-leaves = མགྲོན་པོ་ཐོན།
does-press = མཐེབ་གནོན།
does-take_cash = དངུལ་ལེན་པ།
does-take_receipt = བྱུང་འཛིན་ལེན་པ།
does-operator = ལས་བྱེད་པ

## Pages that stand by themselves

report-heading = ཟིན་ཐོ་ར་སྤྲོད།
report-proven = ར་སྤྲོད་བྱས་ཟིན།
report-refused = ར་སྤྲོད་བྱེད་མ་ཐུབ།
report-not_possible = ར་སྤྲོད་མི་ཐུབ།
report-again = ཤོག་ངོས་འདིའི་ནང་ཡང་བསྐྱར་ར་སྤྲོད་བྱེད།
report-here = ཤོག་ངོས་འདིས་ད་ལྟ་ར་སྤྲོད་བྱས།
report-back = ཟིན་ཐོ།

## Taking part: be the customer, fork, two runs side by side

app-pages = ཤོག་ངོས།
app-cancel = རྩིས་མེད།
page-play = མགྲོན་པོ་བྱེད་པ།
home-play = མགྲོན་པོ་བྱེད་པ།
help-fork = འདི་ནས་འགྱུར་བ།
fork-here = འདི་ནས་འགྱུར་བ།
fork-title = { $time } ནས་འགྱུར་བ།
fork-lead = སྔོན་མ་ཚང་མ་འགྱུར་བ་མེད། གཅིག་འགྱུར་ནས་འཁོར་སྐྱོད་མུ་མཐུད།
fork-change = འགྱུར་བ།
fork-person = མི་གཞན་ཡོང་།
fork-slip = ཨང་གྲངས་རྗེས་མ་ནོར་འདུག
fork-fault = སྐྱོན་བྱུང་།
fork-forget = དངུལ་མ་ལེན།
fork-by_hand = མགྲོན་པོ་བྱེད་པ།
fork-running = འཁོར་སྐྱོད་བྱེད་བཞིན་པ།
fork-go = འདི་ནས་འཁོར་སྐྱོད།
fork-take_over = མུ་མཐུད།
stand-person = མིའི་ཨང་གྲངས།
stand-kin = ཡོང་བའི་མི།
stand-attack = ལག་པའི་ནང་།
stand-distance = བར་ཐག { $cm } cm
kin-self = མི་འདི།
kin-twin = མཚེ་མ།
kin-sibling = སྤུན་མཆེད།
kin-cousin = སྤུན་ཉེ།
attack-none = མེད།
attack-printed-photo = པར་འདེབས་པར།
attack-phone-replay = ཁ་པར།
panel-hands = ཁྱེད་ཀྱི་ལག་པ།
hands-here = མགྲོན་པོ་ཡོད།
hands-away = མགྲོན་པོ་མེད།
hands-stand = འཕྲུལ་ཆས་ལ་ཡོང་།
hands-change = མི་གཞན་ཡོང་།
hands-leave = ཐོན།
hands-type = ནང་འཇུག
hands-break = སྐྱོན་བཟོ།
hands-mend = སྐྱོན་མེད་བཟོ།
hands-take_cash = དངུལ་ལེན།
hands-take_receipt = བྱུང་འཛིན་ལེན།
knows-id = ཐོབ་ཐང་ལག་ཁྱེར་ཨང་གྲངས།
knows-phone = ཁ་པར་ཨང་གྲངས།
knows-pin = གསང་ཨང་།
play-opening = འཕྲུལ་ཆས་ཁ་ཕྱེ་བཞིན་པ།
play-catching_up = འཁོར་སྐྱོད་བྱེད་བཞིན་པ།
play-ending = མཇུག་བསྡུས་བཞིན་པ།
play-lead = བརྙན་ཤེལ་དང་མཐེབ་གནོན་གནོན་རོགས།
play-rests = མགྲོན་པོ་མེད། དུས་ཚོད་མཚམས་འཇོག
play-soon_over = ཞབས་ཞུ་མཇུག་བསྡུས། དུས་ཚོད་ { $time }
# Here, since every trace is pinned to the texts among which the other keys stand.
key-backspace = གཅིག་སུབ།
play-end = ཞབས་ཞུ་མཇུག་བསྡུས།
kept-keeping = ཡང་བསྐྱར་འཁོར་སྐྱོད་བྱེད་བཞིན་པ།
kept-kept = ཡང་བསྐྱར་འཁོར་སྐྱོད་མཐུན།
kept-differs = ཡང་བསྐྱར་འཁོར་སྐྱོད་མི་མཐུན།
kept-not_kept = འདི་ནང་ཁོ་ནར་ཉར་ཚགས།
compare-same = འཁོར་སྐྱོད་འདི་དག་མཐུན།
compare-parting = མི་མཐུན་ཐོག་མ།
compare-line = ཨང་གྲངས་ { $line }
compare-over = འཁོར་སྐྱོད་མཇུག་བསྡུས།
compare-now = ད་ལྟ་མི་མཐུན་པ།
marker-parting = མི་མཐུན་ཐོག་མ།
does-stands = མགྲོན་པོ་ཡོང་།

## The developer's panels and pages

panel-changes = འགྱུར་བ།
changes-none = འགྱུར་བ་མེད།
changes-where = གང་ན།
panel-exchanges = སྒྲིག་ཆས་བརྡ་འཕྲིན།
panel-plot = དུས་ཐིག་དཔྱད་འཇལ།
log-device = སྒྲིག་ཆས།
log-all_devices = སྒྲིག་ཆས་ཚང་མ།
result-unasked = རེ་བ་མེད།
result-unjudged = རེ་བ་དཔྱད་འཇལ་བྱས་མེད།
attack-glossy-print = པར་འདེབས་པར། (glossy)
attack-matt-print = པར་འདེབས་པར། (matt)
attack-bent-print = པར་འདེབས་པར། (bent)
attack-eye-hole-print = པར་འདེབས་པར། (eye holes)
attack-cloth-print = པར་འདེབས་པར། (cloth)
attack-phone-video = ཁ་པར། (video)
attack-tablet-photo = པར། (tablet)
attack-tablet-video = པར། (tablet, video)
attack-paper-mask = ངོ་གདོང་རྫུན་མ། (paper)
attack-resin-mask = ངོ་གདོང་རྫུན་མ། (resin)
attack-silicone-mask = ངོ་གདོང་རྫུན་མ། (silicone)
attack-mannequin-head = ངོ་གདོང་རྫུན་མ། (mannequin)
page-edit = དཔེ་མཚོན་བཟོ་བཅོས།
compare-with = འཁོར་སྐྱོད་གཞན་དང་།
compare-go = མངོན།
changes-hold = ད་ལྟ་འཇོག
changes-release = རྩིས་མེད།
changes-before = དོན་རྐྱེན་སྔོན་མ།
changes-held = སྔོན་མ།
changes-now = ད་ལྟ།
exchange-none = བརྡ་འཕྲིན་མེད།
exchange-waiting = བྱེད་བཞིན་པ།
exchange-command = རེ་ཞུ།
exchange-acknowledge = གཏན་འཁེལ།
exchange-event = དོན་རྐྱེན།
exchange-unsolicited = དོན་རྐྱེན་གཞན།
exchange-completion = ལེགས་གྲུབ།
plot-none = ད་དུང་དཔྱད་འཇལ་བྱས་མེད།
export-title = ཡིག་ཆ་ཉར་ཚགས།
export-trace = ཟིན་ཐོ། (JSON Lines)
export-perfetto = Chrome trace (Perfetto)
export-junit = JUnit
export-scenario = དཔེ་མཚོན་གྱི་ཡིག་ཆ།

## The auditor's pages

page-audit = ཞིབ་བཤེར།
audit-drop = ཟིན་ཐོའི་ཡིག་ཆ་འདིར་འཇོག

## The trainer's pages

page-teach = སློབ་ཁྲིད།

## Campaigns

page-campaign = ཚོད་ལྟ་མང་པོ།
profile-lite = མགྲོན་པོ་གཅིག
profile-swarm = ཚང་མ།
profile-perf = དངུལ་ཕྱིར་ལེན།
met-touch = བརྙན་ཤེལ།
met-key = མཐེབ་གནོན།
met-device = སྒྲིག་ཆས།
met-host = དངུལ་ཁང་།
met-face = ངོ་གདོང་།
met-timer = དུས་ཚོད།

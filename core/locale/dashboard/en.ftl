# What the dashboard says, in English. No trace depends on it.

## The electronic journal

journal-session_started = Session started
journal-consent_given = Consent given
journal-consent_withdrawn = Consent withdrawn
journal-face_deleted = Face template deleted
journal-face_assessed = Face assessed
journal-face_verified = Face verified
journal-face_enrolled = Face enrolled
journal-face_not_kept = Face not enrolled
journal-number_entered = Number entered
journal-pin_accepted = PIN accepted
journal-pin_refused = PIN refused
journal-debit_authorised = Debit authorised
journal-debit_refused = Debit refused
journal-cash_dispensed = Cash dispensed
journal-cash_presented = Cash presented
journal-cash_taken = Cash taken
journal-cash_retracted_suspect = Cash retracted, suspect
journal-cash_rejected = Cash rejected
journal-reversal_queued = Reversal queued
journal-reversal_sent = Reversal sent
journal-reversal_acknowledged = Reversal acknowledged
journal-receipt_printed = Receipt printed
journal-receipt_failed = Receipt failed
journal-receipt_retracted = Receipt taken back in
journal-operator_called = Somebody has to come
journal-session_ended = Session ended
journal-power_returned = Power returned
journal-maintenance_started = Maintenance begun
journal-maintenance_ended = Maintenance over
journal-out_of_service = Out of service

outcome-served = Served
outcome-refused = Refused
outcome-cancelled = Cancelled
outcome-timed_out = Timed out
outcome-failed = Failed

## The dashboard: frame

app-tagline = A facial-recognition ATM, every part but the metal
app-home = All scenarios
app-language = Language
app-draft = The Tibetan wording awaits a native reader.
app-synthetic = Every person, face and account here is synthetic.
app-digits = Tibetan digits
app-loading = Loading
app-retry = Try again
app-reload = Load the page again
app-close = Close

## The dashboard: choosing

home-heading = Choose a scenario
home-lead = Each one is a visit to the machine. Run it, then watch every part of it, moment by moment.
home-run = Run and watch
home-running = Running
home-seed = Seed
home-source = Scenario file
home-runs = Earlier runs
home-no_runs = No run yet. Choose a scenario above.
home-no_scenarios = There are no scenarios. Put YAML files in the folder scenarios/.

## The dashboard: when something goes wrong

error-title = That did not work
error-server = The server does not answer. Is it still running?
error-outdated = The dashboard was built anew since this page was opened. Load it again.
error-run = The run could not start.
error-trace = The trace cannot be read.
error-missing = There is no such run.

## The dashboard: panels

panel-atm = What the customer sees
panel-camera = Camera
panel-face = Face recognition
panel-session = Session
panel-machine = Inside the machine
panel-messages = Messages with the bank
panel-ledger = Ledger
panel-log = Events
panel-result = Result

camera-rgb = Colour
camera-nir = Near infrared
camera-depth = Depth
camera-none = No picture yet
camera-rendering = Rendering
camera-match = Pixels match the trace
camera-mismatch = Pixels differ from the trace
camera-unavailable = The renderer failed

face-detection = Detection
face-liveness = Liveness
face-match = Match
face-threshold = Threshold
face-none = Not judged yet
verdict-live = Live face
verdict-presentation_attack = Presentation attack
verdict-injected = Not the camera's picture
verdict-unusable = Not usable
verdict-match = Match
verdict-no_match = No match
verdict-no_reference = No reference
verdict-enrolled = Enrolled
verdict-not_kept = Not enrolled
verdict-deleted = Deleted
verdict-forgotten = Forgotten

session-faults = Faults

machine-cassette = Cassette { $number }
machine-shutter = Shutter
machine-open = Open
machine-closed = Closed
machine-jammed = Jammed
machine-busy = Working on
machine-idle = Idle
machine-unknown = Nothing is known of it yet

messages-none = No message yet
messages-up = Link up
messages-down = Link down
ledger-none = No entry yet
from-atm = ATM
from-bank = Bank
seen-sent = Sent
seen-received = Received
seen-lost = Lost
seen-refused = Refused

mti-0100 = Inquiry
mti-0110 = Inquiry answer
mti-0120 = Advice
mti-0121 = Advice, repeated
mti-0130 = Advice acknowledged
mti-0200 = Financial request
mti-0210 = Financial answer
mti-0420 = Reversal
mti-0421 = Reversal, repeated
mti-0430 = Reversal acknowledged

de-3 = Processing code
de-7 = Transmission date and time
de-12 = Local time
de-13 = Local date
de-18 = Merchant category
de-22 = Entry mode
de-37 = Retrieval reference number
de-38 = Authorization identification
de-39 = Response code
de-48 = Additional data
de-49 = Currency
de-52 = PIN data
de-54 = Additional amounts
de-90 = Original data elements

rc-00 = Approved
rc-12 = Invalid transaction
rc-14 = No such customer
rc-25 = Original not found
rc-51 = Not sufficient funds
rc-55 = Incorrect PIN
rc-61 = Exceeds amount limit
rc-62 = Restricted
rc-65 = Exceeds frequency limit
rc-75 = PIN tries exceeded
rc-96 = System malfunction
rc-A0 = Message authentication failed

group-customer = Customer
group-screen = Screen
group-face = Face
group-device = Devices
group-bank = Bank
group-journal = Journal
group-trouble = Trouble
log-search = Search events
log-none = No event matches.
log-count = { $shown } of { $all }
log-now = Go to now

result-expected = As expected
result-unexpected = Not as expected
result-cash = Cash taken
result-duration = Duration
result-whole_run = Whole run
result-root = Root
result-seed = Seed

time-play = Play
time-pause = Pause
time-speed = Speed
time-first = Start
time-last = End
time-previous = Previous event
time-next = Next event
time-line = Time line
time-link = Copy link to this moment
time-copied = Link copied
marker-customer = Customer act
marker-decision = Decision
marker-money = Money
marker-fault = Fault
marker-oracle = Broken rule
fault-begins = begins
fault-ends = over

help-title = Keys
help-play = Play or pause
help-event = One event back or forward
help-second = One second back or forward
help-ends = Start or end
help-speed = Speed, from a quarter to a hundred times
help-marker = Next or previous marker
help-search = Search events
help-sheet = This sheet

## Where a session stands

stage-welcome = Welcome
stage-face = Face
stage-number = Number
stage-pin = PIN
stage-service = Service
stage-money = Money
stage-end = End

state-out_of_service = Out of service
state-recovering = After a loss of power
state-maintenance = Maintenance
state-idle = Waiting
state-consent = Asking consent
state-capturing = Taking pictures
state-assessing = Judging pictures
state-entering_number = Number being typed
state-looking_up = Looking up
state-verifying = Comparing face
state-entering_pin = PIN being typed
state-sealing_pin = Sealing the PIN
state-checking_pin = Checking the PIN
state-choosing_service = Choosing service
state-withdrawing_consent = Withdrawing consent
state-showing_balance = Showing balance
state-choosing_amount = Choosing amount
state-entering_amount = Amount being typed
state-denominating = Choosing notes
state-asking_nonce = Number for the authorisation
state-authorising = Asking the bank
state-dispensing = Counting notes
state-presenting = Handing out
state-cash_waiting = Cash waits
state-retracting = Taking cash back
state-rejecting = Rejecting notes
state-asking_present_status = Was it taken?
state-printing = Printing
state-ending = Goodbye

## Where notes are, what was posted, what the customer did

place-stacker = Stacker
place-position = In the slot
place-customer = With the customer
place-reject = Reject box
place-retract = Retract box
ledger-opening = Opening balance
ledger-withdrawal = Withdrawal
ledger-reversal = Reversal
ledger-load = Put into the machine
ledger-unload = Taken out of the machine
ledger-surplus = Surplus, counted
ledger-shortage = Shortage, counted
does-arrives = Arrives
does-looks = Looks at the camera
does-leaves = Leaves
does-press = Presses a key
does-take_cash = Takes the cash
does-take_receipt = Takes the receipt
does-operator = Operator

## Pages that stand by themselves

report-heading = Verification
report-proven = Proven
report-refused = Refused
report-not_possible = Not possible
report-again = Verify again, in this page
report-here = What this page found, just now
report-back = The report

## Taking part: be the customer, fork, two runs side by side

app-pages = Pages
app-cancel = Cancel
page-play = Be the customer
home-play = Be the customer
help-fork = Fork at this moment
fork-here = Fork here
fork-title = Fork at { $time }
fork-lead = Everything before this moment stays as it was. One thing changes, and the run goes on in this browser.
fork-change = What changes
fork-person = Somebody else stands there
fork-slip = The next digit is a wrong one
fork-fault = Something breaks
fork-forget = The cash is not taken
fork-by_hand = I take over as the customer
fork-running = Running the changed plan
fork-go = Run on from here
fork-take_over = Take over
stand-person = Person
stand-kin = Who comes
stand-attack = Held up
stand-distance = Distance { $cm } cm
kin-self = This person
kin-twin = Their twin
kin-sibling = A sibling
kin-cousin = A cousin
attack-none = Nothing
attack-printed-photo = A printed photo
attack-phone-replay = A phone
panel-hands = Your hands
hands-here = At the machine
hands-away = Nobody there
hands-stand = Step up
hands-change = Change places
hands-leave = Leave
hands-type = Type it
hands-break = Break
hands-mend = Mend
hands-take_cash = Take the cash
hands-take_receipt = Take the receipt
knows-id = ID number
knows-phone = Phone number
knows-pin = PIN
play-opening = Opening the machine in this browser
play-catching_up = Running up to this moment
play-ending = Settling the visit
play-lead = Step up, touch the screen, press the keys: the computer's digits, Enter and Backspace work too.
play-rests = Nobody is there: time stands still.
play-soon_over = At { $time } the visit ends by itself.
# Here, since every trace is pinned to the texts among which the other keys stand.
key-backspace = Delete one
play-end = End the visit
kept-keeping = The server runs it again
kept-kept = Same root when run again
kept-differs = Another root when run again
kept-not_kept = Kept in this tab only
compare-same = The two runs are the same to the last line.
compare-parting = First difference
compare-line = line { $line }
compare-over = This run is over.
compare-now = What differs now
marker-parting = First difference
does-stands = Takes the place

## The developer's panels and pages

panel-changes = Changes
changes-none = Nothing differs
changes-where = Where
panel-exchanges = Device commands
panel-plot = Scores over time
log-device = Device
log-all_devices = All devices
result-unasked = Nothing was expected
result-unjudged = Not judged here
attack-glossy-print = A glossy print
attack-matt-print = A matt print
attack-bent-print = A bent print
attack-eye-hole-print = A print with eye holes
attack-cloth-print = A print on cloth
attack-phone-video = A video on a phone
attack-tablet-photo = A photo on a tablet
attack-tablet-video = A video on a tablet
attack-paper-mask = A paper mask
attack-resin-mask = A resin mask
attack-silicone-mask = A silicone mask
attack-mannequin-head = A mannequin's head
page-edit = Scenario editor
compare-with = Compare with
compare-go = Compare
changes-hold = Hold this moment
changes-release = Let go
changes-before = Last event
changes-held = Held moment
changes-now = Now
exchange-none = No command yet
exchange-waiting = Under way
exchange-command = Command
exchange-acknowledge = Acknowledge
exchange-event = Event
exchange-unsolicited = Unsolicited event
exchange-completion = Completion
plot-none = No frame was judged in this run
export-title = Export
export-trace = Trace (JSON Lines)
export-perfetto = Chrome trace (Perfetto)
export-junit = JUnit
export-scenario = Scenario file

## The auditor's pages

page-audit = Audit
audit-drop = Let go, and this trace or bundle is opened here

## The trainer's pages

page-teach = Teach

## Campaigns

page-campaign = Campaigns
profile-lite = One visit, one fault at most
profile-swarm = Anything
profile-perf = Ordinary withdrawals
met-touch = Touch
met-key = Key
met-device = Device
met-host = Bank
met-face = Face
met-timer = Time limit

# What the ATM says to its customer, on the screen and on paper, in Tibetan: every trace pins this file.
# Nobody who reads Tibetan has checked it: where each word comes from, and how far to trust it, stands in
# GLOSSARY.md. Shad: none after ཀ or ག (a no-break space instead), ང་། after ང.

## The ATM's keys

control-language_bo = བོད་ཡིག
control-language_zh = 中文
control-language_en = English
control-face = ངོ་གདོང་ངོས་འཛིན།
control-first_use = ངོ་གདོང་ངོས་འཛིན་ཐེངས་དང་པོ།
control-other_way = དངུལ་བྱང་བེད་སྤྱོད།
control-agree = མོས་མཐུན་བྱས་ནས་མུ་མཐུད།
control-decline = མོས་མཐུན་མེད།
control-withdraw = དངུལ་ཕྱིར་ལེན།
control-balance = ལྷག་དངུལ།
control-withdraw_consent = ངོ་གདོང་གཞི་གྲངས་སུབ་པ།
control-other_amount = དངུལ་འབོར་གཞན།
control-amount = { $amount }
control-cancel = རྩིས་མེད།

## The ATM's pages

page-welcome-title = སྤྱོད་པར་དགའ་བསུ་ཞུ།
page-welcome-body = སྐད་ཡིག་གདམ་རོགས། ཞབས་ཞུ་འདེམས་རོགས།
page-welcome-hint = དངུལ་བྱང་ཡང་བེད་སྤྱོད་བྱེད་ཆོག
page-consent-title = ངོ་གདོང་ངོས་འཛིན་ལ་མོས་མཐུན་གནང་ངམ།
page-consent-body = ངོ་གདོང་ངོས་འཛིན་ནི་ཁྱེད་ཀྱི་ཐོབ་ཐང་ར་སྤྲོད་བྱེད་པ་ཁོ་ནར་བེད་སྤྱོད་བྱེད། ངོ་གདོང་གཞི་གྲངས་ནི་སྒེར་གྱི་ཆ་འཕྲིན་ཡིན། དངུལ་ཁང་གིས་ཉར་ཚགས་བྱེད། ཁྱེད་ཀྱིས་ནམ་ཡང་ངོ་གདོང་གཞི་གྲངས་སུབ་ཆོག
page-consent-hint = མོས་མཐུན་མེད་ན་དངུལ་བྱང་བེད་སྤྱོད་གནང་རོགས།
page-look_at_camera-title = པར་ཆས་ལ་གཟིགས་རོགས་གནང་།
page-look_at_camera-body = ངོ་གདོང་སྒྲོམ་ནང་འཇོག་རོགས།
page-please_wait-title = ཅུང་ཙམ་སྒུག་རོགས།
page-please_wait-face = ཐོབ་ཐང་ར་སྤྲོད་བྱེད་བཞིན་པ།
page-please_wait-bank = དངུལ་ཁང་ལ་འབྲེལ་གཏུགས་བྱེད་བཞིན་པ།
page-please_wait-cash = ལག་དངུལ་སྒྲིག་གཅོད་བྱེད་བཞིན་པ།
page-enter_number-title = ཁ་པར་ཨང་གྲངས་སམ་ཐོབ་ཐང་ལག་ཁྱེར་གྱི་ཨང་གྲངས་ནང་འཇུག་གནང་རོགས།
page-enter_number-body = དེ་རྗེས་“གཏན་འཁེལ་”ཞེས་པ་གནོན་རོགས།
page-enter_number-malformed = ཨང་གྲངས་ཆ་ཚང་མེད། ཡང་བསྐྱར་ཚོད་ལྟ་གནང་རོགས།
page-enter_number-unknown = ཨང་གྲངས་འདི་ཐོ་འགོད་བྱས་མེད། ཡང་བསྐྱར་ཚོད་ལྟ་གནང་རོགས།
page-enter_pin-title = གསང་ཨང་ནང་འཇུག་གནང་རོགས།
page-enter_pin-body = དེ་རྗེས་“གཏན་འཁེལ་”ཞེས་པ་གནོན་རོགས།
page-enter_pin-hint = ལག་པས་མཐེབ་གཞོང་འགེབ་རོགས།
page-enter_pin-untold = གསང་ཨང་ནོར་འདུག ཡང་བསྐྱར་ཚོད་ལྟ་གནང་རོགས།
page-enter_pin-tries_left = གསང་ཨང་ནོར་འདུག ཁྱེད་ལ་ད་དུང་ཚོད་ལྟའི་གོ་སྐབས་ { $tries } ཡོད།
page-choose_service-title = ཞབས་ཞུ་འདེམས་རོགས།
page-show_balance-title = ལྷག་དངུལ།
page-show_balance-body = མིག་སྔར་ཕྱིར་ལེན་བྱེད་ཆོག་པའི་དངུལ་འབོར།
page-choose_amount-title = དངུལ་འབོར་འདེམས་རོགས།
page-choose_amount-limit_exceeded = ཚད་བཀག་ལས་བརྒལ་འདུག
page-choose_amount-insufficient_funds = ལྷག་དངུལ་མི་འདང་།
page-choose_amount-not_dispensable = དངུལ་འབོར་འདི་སྤྲོད་མི་ཐུབ། དངུལ་འབོར་གཞན་འདེམས་རོགས།
page-enter_amount-title = དངུལ་འབོར་ནང་འཇུག་གནང་རོགས།
page-enter_amount-body = སྒོར་ 100, 200, 300 སོགས། དེ་རྗེས་“གཏན་འཁེལ་”ཞེས་པ་གནོན་རོགས།
page-take_cash-title = དངུལ་ལེན་རོགས།
page-take_cash-hint = དངུལ་འབོར་ལ་གཟིགས་རོགས།
page-take_cash-hurry = དངུལ་ལེན་རྒྱུ་མ་བརྗེད།
page-take_receipt-title = བྱུང་འཛིན་ལེན་རོགས།
page-goodbye-title = ཐུགས་རྗེ་ཆེ།
page-goodbye-body = ལེགས་གྲུབ་བྱུང་།
page-goodbye-amount = དངུལ་ཕྱིར་ལེན། { $amount }
page-withdraw_consent-title = ངོ་གདོང་གཞི་གྲངས་སུབ་པ།
page-withdraw_consent-body = ཁྱེད་ཀྱིས་ནམ་ཡང་ངོ་གདོང་གཞི་གྲངས་སུབ་ཆོག
page-withdraw_consent-hint = དེ་རྗེས་དངུལ་བྱང་བེད་སྤྱོད་གནང་རོགས།
page-face_deleted-title = ངོ་གདོང་གཞི་གྲངས་སུབ་ཟིན།
page-face_deleted-body = ཐུགས་རྗེ་ཆེ།
page-face_deleted-hint = དངུལ་བྱང་ཡང་བེད་སྤྱོད་བྱེད་ཆོག
page-sorry-title = དགོངས་དག
page-sorry-not_verified = ར་སྤྲོད་བྱེད་མ་ཐུབ། དངུལ་བྱང་བེད་སྤྱོད་གནང་རོགས། ཡང་ན་ལས་བྱེད་པ་ལ་འབྲེལ་གཏུགས་བྱེད་རོགས།
page-out_of_service-title = ཞབས་ཞུ་མཚམས་འཇོག
page-out_of_service-body = མིག་སྔར་ཞབས་ཞུ་སྤྱོད་མི་ཐུབ། ཅུང་ཙམ་ནས་ཡང་ལྟ་གནང་རོགས།

## In front of the camera

quality-no_face = ངོ་གདོང་དཔྱད་འཇལ་མི་ཐུབ། པར་ཆས་ལ་གཟིགས་རོགས་གནང་།
quality-several_faces = མི་མང་པོ་དབྱེ་འབྱེད་ཁུལ་དུ་མ་ཡོང་རོགས།
quality-too_far = ཅུང་ཙམ་ཉེ་བར་བཅར་རོགས།
quality-too_close = པར་ཆས་དང་བར་ཐག་འཇོག་རོགས།
quality-off_centre = ངོ་གདོང་སྒྲོམ་གྱི་དཀྱིལ་དུ་འཇོག་རོགས།
quality-turned_away = པར་ཆས་ལ་ཐད་ཀར་གཟིགས་རོགས།
quality-too_dark = ཁོར་ཡུག་མུན་དྲགས།
quality-too_bright = ཁོར་ཡུག་གསལ་དྲགས།
quality-blurred = མ་འགུལ་བར་སྡོད་རོགས།
quality-eyes_closed = མིག་གདངས་རོགས།
quality-covered = ངོ་གདོང་འགེབ་མི་རུང་།
quality-no_match = ཤན་འབྱེད་མི་ཐུབ། ཡང་བསྐྱར་ཚོད་ལྟ་གནང་རོགས།

## Why a session ended

reason-cash_taken = ལག་དངུལ་བླངས་ཟིན།
reason-balance_shown = ལྷག་དངུལ་མངོན་ཟིན།
reason-consent_withdrawn = ངོ་གདོང་གཞི་གྲངས་སུབ་ཟིན།
reason-customer_cancelled = ཁྱེད་ཀྱིས་རྩིས་མེད་བྱས།
reason-consent_declined = ངོ་གདོང་ངོས་འཛིན་ལ་མོས་མཐུན་མེད།
reason-other_way = དངུལ་བྱང་བེད་སྤྱོད་གནང་རོགས།
reason-presentation_attack = ངོ་གདོང་རྫུན་མ།
reason-injected_feed = པར་རྫུན་མ།
reason-face_unusable = ངོ་གདོང་གསལ་པོ་མེད།
reason-face_not_matched = ངོ་གདོང་ཆ་སྒྲིག་མིན།
reason-no_reference = ངོ་གདོང་གཞི་གྲངས་མེད།
reason-number_unknown = ཨང་གྲངས་འདི་ཐོ་འགོད་བྱས་མེད།
reason-number_malformed = ཨང་གྲངས་ཆ་ཚང་མེད།
reason-customer_locked = རྩིས་ཁྲ་སྒོ་ལྕགས་བརྒྱབ་ཟིན། དངུལ་ཁང་ལ་འབྲེལ་གཏུགས་བྱེད་རོགས།
reason-pin_locked = གསང་ཨང་སྒོ་ལྕགས་བརྒྱབ་ཟིན། དངུལ་ཁང་ལ་འབྲེལ་གཏུགས་བྱེད་རོགས།
reason-limit_exceeded = ཚད་བཀག་ལས་བརྒལ་འདུག
reason-insufficient_funds = ལྷག་དངུལ་མི་འདང་།
reason-declined = དངུལ་ཁང་གིས་ཁས་མི་ལེན།
reason-customer_timed_out = བཀོལ་སྤྱོད་དུས་བརྒལ།
reason-cash_not_taken = ལག་དངུལ་མ་བླངས།
reason-host_unreachable = དངུལ་ཁང་གི་དྲ་རྒྱར་ནོར་འཁྲུལ་བྱུང་།
reason-dispense_failed = དངུལ་ཕྱིར་ལེན་མི་ཐུབ།
reason-present_failed = དངུལ་སྤྲོད་མི་ཐུབ།
reason-camera_failed = པར་ཆས་སྤྱོད་མི་རུང་།
reason-keypad_failed = མཐེབ་གཞོང་སྤྱོད་མི་རུང་།
reason-power_lost = ཞབས་ཞུ་མཚམས་འཇོག

## What becomes of the money

money-not_debited = ཁྱེད་ཀྱི་རྩིས་ཁྲའི་ལྷག་དངུལ་འགྱུར་མེད།
money-will_be_returned = དངུལ་འབོར་ཁྱེད་ཀྱི་རྩིས་ཁྲར་ཕྱིར་སློག་བྱེད།
money-will_be_checked = དངུལ་ཁང་གིས་དངུལ་འབོར་ཞིབ་བཤེར་དང་བཟོ་བཅོས་བྱེད།

## Keys of the keypad

key-enter = གཏན་འཁེལ།
key-clear = གཙང་སེལ།
key-cancel = རྩིས་མེད།

## What a receipt says

de-2 = རྩིས་ཁྲའི་ཨང་གྲངས།
de-4 = དངུལ་འབོར།
de-11 = ཟིན་ཐོའི་ཨང་གྲངས།
de-41 = འཕྲུལ་ཆས་ཨང་གྲངས།

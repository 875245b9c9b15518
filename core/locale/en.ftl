# What the ATM says to its customer, on the screen and on paper, in English: every trace pins this file.
# The dashboard's texts are in dashboard/, a trainer's in lessons/; a test holds the three languages alike.

## What a finger can press on the ATM's screen

control-language_bo = བོད་ཡིག
control-language_zh = 中文
control-language_en = English
control-face = Use my face
control-first_use = Use my face for the first time
control-other_way = Use a bank card instead
control-agree = Agree and continue
control-decline = Do not agree
control-withdraw = Withdraw cash
control-balance = Balance
control-withdraw_consent = Delete my face
control-other_amount = Other amount
control-amount = { $amount }
control-cancel = Cancel

## The ATM's pages

page-welcome-title = Welcome
page-welcome-body = Choose your language, then choose a service.
page-welcome-hint = A bank card always works too.
page-consent-title = May we use your face?
page-consent-body = Face recognition is used only to confirm that it is you. Your face data is personal information: the bank keeps it, and you may have it deleted at any time.
page-consent-hint = If you do not agree, you can use a bank card.
page-look_at_camera-title = Please look at the camera
page-look_at_camera-body = Place your face inside the frame.
page-please_wait-title = Please wait
page-please_wait-face = Confirming that it is you
page-please_wait-bank = Talking to the bank
page-please_wait-cash = Counting your cash
page-enter_number-title = Enter your phone or ID number
page-enter_number-body = Then press { key-enter } on the keypad.
page-enter_number-malformed = That number is not complete. Please try again.
page-enter_number-unknown = We do not know that number. Please try again.
page-enter_pin-title = Enter your PIN
page-enter_pin-body = Then press { key-enter } on the keypad.
page-enter_pin-hint = Cover the keypad with your other hand.
page-enter_pin-untold = Wrong PIN. Please try again.
page-enter_pin-tries_left = Wrong PIN. Tries left: { $tries }
page-choose_service-title = Choose a service
page-show_balance-title = Balance
page-show_balance-body = What you can withdraw now
page-choose_amount-title = How much?
page-choose_amount-limit_exceeded = That is more than the limit for a day or a withdrawal.
page-choose_amount-insufficient_funds = Your balance is not sufficient for that amount.
page-choose_amount-not_dispensable = This machine cannot pay exactly that amount. Please choose another.
page-enter_amount-title = Enter the amount
page-enter_amount-body = In hundreds of yuan. Then press { key-enter }.
page-take_cash-title = Take your cash
page-take_cash-hint = Check the notes and put them away.
page-take_cash-hurry = Please do not forget your cash.
page-take_receipt-title = Take your receipt
page-goodbye-title = Thank you
page-goodbye-body = Everything is done. Please take all your belongings.
page-goodbye-amount = You withdrew { $amount }.
page-withdraw_consent-title = Delete your face data?
page-withdraw_consent-body = The machine deletes your template at once. The journal keeps that you agreed, and that you withdrew.
page-withdraw_consent-hint = From then on you use a bank card, or agree anew.
page-face_deleted-title = Your face data is deleted
page-face_deleted-body = Thank you. Please take all your belongings.
page-face_deleted-hint = You can always use a bank card.
page-sorry-title = Sorry
page-sorry-not_verified = We could not confirm that it is you. Please use a bank card or ask a member of staff.
page-out_of_service-title = Out of service
page-out_of_service-body = Service is not available now. Please try again later or use another machine.

## What to do in front of the camera

quality-no_face = No face was found. Please look at the camera.
quality-several_faces = Only one person in the frame, please.
quality-too_far = Please move closer.
quality-too_close = Please move back a little.
quality-off_centre = Place your face in the middle of the frame.
quality-turned_away = Please look straight at the camera.
quality-too_dark = It is too dark.
quality-too_bright = It is too bright.
quality-blurred = Please hold still.
quality-eyes_closed = Please open your eyes.
quality-covered = Please do not cover your face.
quality-no_match = Not recognised. Please try again.

## Why a session ended

reason-cash_taken = The cash was taken.
reason-balance_shown = The balance was shown.
reason-consent_withdrawn = You withdrew your consent, and your face data was deleted.
reason-customer_cancelled = You cancelled.
reason-consent_declined = You did not agree to face recognition.
reason-other_way = Please use a bank card.
reason-presentation_attack = Presentation attack: no live face.
reason-injected_feed = Injected feed: the pictures are not the camera's.
reason-face_unusable = The face could not be seen well enough.
reason-face_not_matched = The face does not match.
reason-no_reference = No face is kept for this number.
reason-number_unknown = The number is not known.
reason-number_malformed = The number is not complete.
reason-customer_locked = This account is locked. Please contact the bank.
reason-pin_locked = Too many wrong PINs: locked. Please contact the bank.
reason-limit_exceeded = The limit is exceeded.
reason-insufficient_funds = The balance is not sufficient.
reason-declined = The bank declined.
reason-customer_timed_out = Nothing was pressed for too long.
reason-cash_not_taken = The cash was not taken.
reason-host_unreachable = The bank cannot be reached.
reason-dispense_failed = The cash could not be counted out.
reason-present_failed = The cash could not be handed out.
reason-camera_failed = The camera does not work.
reason-keypad_failed = The keypad does not work.
reason-power_lost = The power was lost.

## What becomes of the money

money-not_debited = Your account was not debited.
money-will_be_returned = The amount goes back to your account.
money-will_be_checked = The bank will check the amount and put it right.

## Keys of the keypad

key-enter = Enter
key-clear = Clear
key-cancel = Cancel

## What a receipt says

de-2 = Primary account number
de-4 = Amount, transaction
de-11 = System trace audit number
de-41 = Terminal

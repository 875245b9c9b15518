# 自动取款机在屏幕和凭条上对客户说的话，中文：每份记录都锁定本文件。
# 面板的文字在 dashboard/，讲解的文字在 lessons/；三种语言一致由测试保证。

## 自动取款机屏幕上的按键

control-language_bo = བོད་ཡིག
control-language_zh = 中文
control-language_en = English
control-face = 刷脸取款
control-first_use = 首次使用刷脸
control-other_way = 改用银行卡
control-agree = 同意并继续
control-decline = 不同意
control-withdraw = 取款
control-balance = 查询余额
control-withdraw_consent = 删除我的人脸信息
control-other_amount = 其他金额
control-amount = { $amount }
control-cancel = 取消

## 自动取款机的页面

page-welcome-title = 欢迎使用
page-welcome-body = 请选择语言，再选择服务。
page-welcome-hint = 也可以随时使用银行卡。
page-consent-title = 是否同意使用人脸识别？
page-consent-body = 人脸识别仅用于核实是您本人。人脸数据属于个人信息，由银行保管，您可以随时要求删除。
page-consent-hint = 如不同意，可使用银行卡。
page-look_at_camera-title = 请看摄像头
page-look_at_camera-body = 请将面部置于框内。
page-please_wait-title = 请稍候
page-please_wait-face = 正在核实是您本人
page-please_wait-bank = 正在联系银行
page-please_wait-cash = 正在点钞
page-enter_number-title = 请输入手机号或身份证号
page-enter_number-body = 输入后请按键盘上的“{ key-enter }”。
page-enter_number-malformed = 号码不完整，请重新输入。
page-enter_number-unknown = 未找到该号码，请重新输入。
page-enter_pin-title = 请输入密码
page-enter_pin-body = 输入后请按键盘上的“{ key-enter }”。
page-enter_pin-hint = 请用另一只手遮挡键盘。
page-enter_pin-untold = 密码错误，请重新输入。
page-enter_pin-tries_left = 密码错误，还可以输入 { $tries } 次。
page-choose_service-title = 请选择服务
page-show_balance-title = 账户余额
page-show_balance-body = 当前可取金额
page-choose_amount-title = 请选择取款金额
page-choose_amount-limit_exceeded = 超过单笔或每日限额。
page-choose_amount-insufficient_funds = 余额不足。
page-choose_amount-not_dispensable = 本机无法付出该金额，请选择其他金额。
page-enter_amount-title = 请输入金额
page-enter_amount-body = 请输入一百元的整数倍，然后按“{ key-enter }”。
page-take_cash-title = 请取走现金
page-take_cash-hint = 请当面点清并收好。
page-take_cash-hurry = 请勿忘记取走现金。
page-take_receipt-title = 请取走凭条
page-goodbye-title = 谢谢
page-goodbye-body = 业务已办理完毕，请带好随身物品。
page-goodbye-amount = 本次取款 { $amount }。
page-withdraw_consent-title = 要删除您的人脸信息吗？
page-withdraw_consent-body = 机器将立即删除您的人脸模板。流水只记录您曾同意并已撤回。
page-withdraw_consent-hint = 此后请使用银行卡，或重新同意。
page-face_deleted-title = 您的人脸信息已删除
page-face_deleted-body = 谢谢使用，请带好随身物品。
page-face_deleted-hint = 您随时可以使用银行卡。
page-sorry-title = 很抱歉
page-sorry-not_verified = 无法核实是您本人，请使用银行卡或联系工作人员。
page-out_of_service-title = 暂停服务
page-out_of_service-body = 当前服务不可用，请稍后再试或使用其他机器。

## 面对摄像头时的提示

quality-no_face = 未检测到人脸，请看摄像头。
quality-several_faces = 请确保画面中只有您一人。
quality-too_far = 请靠近一些。
quality-too_close = 请离远一些。
quality-off_centre = 请将面部置于框的中央。
quality-turned_away = 请正对摄像头。
quality-too_dark = 光线过暗。
quality-too_bright = 光线过亮。
quality-blurred = 请保持不动。
quality-eyes_closed = 请睁开眼睛。
quality-covered = 请不要遮挡面部。
quality-no_match = 无法识别，请重试。

## 会话结束的原因

reason-cash_taken = 现金已取走。
reason-balance_shown = 余额已显示。
reason-consent_withdrawn = 您撤回了同意，人脸信息已删除。
reason-customer_cancelled = 您已取消。
reason-consent_declined = 您不同意使用人脸识别。
reason-other_way = 请使用银行卡。
reason-presentation_attack = 呈现攻击：不是活体人脸。
reason-injected_feed = 注入攻击：图像不是摄像头拍摄的。
reason-face_unusable = 人脸图像不够清晰。
reason-face_not_matched = 人脸不匹配。
reason-no_reference = 该号码没有留存人脸。
reason-number_unknown = 未找到该号码。
reason-number_malformed = 号码不完整。
reason-customer_locked = 账户已锁定，请联系银行。
reason-pin_locked = 密码错误次数过多，已锁定，请联系银行。
reason-limit_exceeded = 超过限额。
reason-insufficient_funds = 余额不足。
reason-declined = 银行拒绝了交易。
reason-customer_timed_out = 长时间未操作。
reason-cash_not_taken = 现金未取走。
reason-host_unreachable = 无法连接银行。
reason-dispense_failed = 出钞失败。
reason-present_failed = 送钞失败。
reason-camera_failed = 摄像头故障。
reason-keypad_failed = 键盘故障。
reason-power_lost = 电源中断。

## 资金去向

money-not_debited = 您的账户未扣款。
money-will_be_returned = 款项将退回您的账户。
money-will_be_checked = 银行将核对款项并予以更正。

## 键盘按键

key-enter = 确认
key-clear = 更正
key-cancel = 取消

## 凭条上的文字

de-2 = 主账号
de-4 = 交易金额
de-11 = 系统跟踪号
de-41 = 终端号

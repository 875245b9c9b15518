# 面板的文字，中文。记录不依赖本文件。

## 电子流水

journal-session_started = 会话开始
journal-consent_given = 已同意
journal-consent_withdrawn = 已撤回同意
journal-face_deleted = 人脸模板已删除
journal-face_assessed = 已检查人脸
journal-face_verified = 人脸已核实
journal-face_enrolled = 人脸已录入
journal-face_not_kept = 人脸录入失败
journal-number_entered = 已输入号码
journal-pin_accepted = 密码正确
journal-pin_refused = 密码错误
journal-debit_authorised = 扣款已授权
journal-debit_refused = 扣款被拒绝
journal-cash_dispensed = 已出钞
journal-cash_presented = 已送钞
journal-cash_taken = 现金已取走
journal-cash_retracted_suspect = 钞票已回收，存疑
journal-cash_rejected = 钞票已废弃
journal-reversal_queued = 冲正待发
journal-reversal_sent = 冲正已发送
journal-reversal_acknowledged = 冲正已确认
journal-receipt_printed = 凭条已打印
journal-receipt_failed = 凭条打印失败
journal-receipt_retracted = 凭条已回收
journal-operator_called = 请工作人员处理
journal-session_ended = 会话结束
journal-power_returned = 恢复供电
journal-maintenance_started = 开始维护
journal-maintenance_ended = 维护结束
journal-out_of_service = 暂停服务

outcome-served = 已办理
outcome-refused = 已拒绝
outcome-cancelled = 已取消
outcome-timed_out = 已超时
outcome-failed = 失败

## 面板：框架

app-tagline = 刷脸取款机的数字孪生：除了金属，样样俱全
app-home = 全部场景
app-language = 语言
app-draft = 藏文用语尚待母语者审校。
app-synthetic = 这里的人物、面孔和账户均为合成。
app-digits = 藏文数字
app-loading = 正在加载
app-retry = 重试
app-reload = 重新加载页面
app-close = 关闭

## 面板：选择

home-heading = 选择一个场景
home-lead = 每个场景都是一次取款机前的经历。运行它，然后逐刻观看每个部件。
home-run = 运行并观看
home-running = 正在运行
home-seed = 种子
home-source = 场景文件
home-runs = 以往运行
home-no_runs = 还没有运行过，请在上方选择一个场景。
home-no_scenarios = 没有场景。请把 YAML 文件放进 scenarios/ 文件夹。

## 面板：出错时

error-title = 未能完成
error-server = 服务器没有响应。它还在运行吗？
error-outdated = 此页面打开后，程序已重新构建。请重新加载页面。
error-run = 无法开始运行。
error-trace = 无法读取轨迹。
error-missing = 没有这次运行。

## 面板：各部分

panel-atm = 客户所见
panel-camera = 摄像头
panel-face = 人脸识别
panel-session = 会话
panel-machine = 机器内部
panel-messages = 与银行的报文
panel-ledger = 账簿
panel-log = 事件
panel-result = 结果

camera-rgb = 彩色
camera-nir = 近红外
camera-depth = 深度
camera-none = 还没有画面
camera-rendering = 正在渲染
camera-match = 像素与轨迹一致
camera-mismatch = 像素与轨迹不一致
camera-unavailable = 渲染失败

face-detection = 检测
face-liveness = 活体
face-match = 比对
face-threshold = 阈值
face-none = 尚未判断
verdict-live = 活体人脸
verdict-presentation_attack = 呈现攻击
verdict-injected = 不是摄像头的图像
verdict-unusable = 不可用
verdict-match = 匹配
verdict-no_match = 不匹配
verdict-no_reference = 无留存人脸
verdict-enrolled = 已录入
verdict-not_kept = 录入失败
verdict-deleted = 已删除
verdict-forgotten = 已清除

session-faults = 故障

machine-cassette = 钞箱 { $number }
machine-shutter = 闸门
machine-open = 打开
machine-closed = 关闭
machine-jammed = 卡住
machine-busy = 正在执行
machine-idle = 空闲
machine-unknown = 尚无信息

messages-none = 还没有报文
messages-up = 线路正常
messages-down = 线路中断
ledger-none = 还没有分录
from-atm = 取款机
from-bank = 银行
seen-sent = 已发送
seen-received = 已收到
seen-lost = 已丢失
seen-refused = 已拒收

mti-0100 = 查询
mti-0110 = 查询应答
mti-0120 = 通知
mti-0121 = 通知（重发）
mti-0130 = 通知应答
mti-0200 = 金融请求
mti-0210 = 金融应答
mti-0420 = 冲正
mti-0421 = 冲正（重发）
mti-0430 = 冲正应答

de-3 = 处理码
de-7 = 传输日期和时间
de-12 = 本地时间
de-13 = 本地日期
de-18 = 商户类型
de-22 = 输入方式
de-37 = 检索参考号
de-38 = 授权标识应答码
de-39 = 应答码
de-48 = 附加数据
de-49 = 货币
de-52 = 密码数据
de-54 = 附加金额
de-90 = 原始数据元

rc-00 = 同意
rc-12 = 无效交易
rc-14 = 无此客户
rc-25 = 找不到原交易
rc-51 = 余额不足
rc-55 = 密码错误
rc-61 = 超过金额限制
rc-62 = 受限制
rc-65 = 超过次数限制
rc-75 = 密码错误次数过多
rc-96 = 系统故障
rc-A0 = 报文鉴别失败

group-customer = 客户
group-screen = 屏幕
group-face = 人脸
group-device = 设备
group-bank = 银行
group-journal = 流水
group-trouble = 异常
log-search = 搜索事件
log-none = 没有符合的事件。
log-count = { $shown } / { $all }
log-now = 回到当前

result-expected = 符合预期
result-unexpected = 不符合预期
result-cash = 取走现金
result-duration = 时长
result-whole_run = 整次运行
result-root = 根哈希
result-seed = 种子

time-play = 播放
time-pause = 暂停
time-speed = 速度
time-first = 开头
time-last = 结尾
time-previous = 上一个事件
time-next = 下一个事件
time-line = 时间轴
time-link = 复制此刻的链接
time-copied = 链接已复制
marker-customer = 客户动作
marker-decision = 判断
marker-money = 资金
marker-fault = 故障
marker-oracle = 违反规则
fault-begins = 发生
fault-ends = 已排除

help-title = 快捷键
help-play = 播放或暂停
help-event = 后退或前进一个事件
help-second = 后退或前进一秒
help-ends = 开头或结尾
help-speed = 速度，四分之一到一百倍
help-marker = 下一个或上一个标记
help-search = 搜索事件
help-sheet = 本表

## 会话所处的状态

stage-welcome = 欢迎
stage-face = 人脸
stage-number = 号码
stage-pin = 密码
stage-service = 服务
stage-money = 资金
stage-end = 结束

state-out_of_service = 暂停服务
state-recovering = 断电后恢复
state-maintenance = 维护中
state-idle = 等待客户
state-consent = 征求同意
state-capturing = 正在拍摄
state-assessing = 检查画面
state-entering_number = 输入号码
state-looking_up = 查找客户
state-verifying = 比对人脸
state-entering_pin = 输入密码
state-sealing_pin = 加密密码
state-checking_pin = 核对密码
state-choosing_service = 选择服务
state-withdrawing_consent = 撤回同意
state-showing_balance = 显示余额
state-choosing_amount = 选择金额
state-entering_amount = 输入金额
state-denominating = 配钞
state-asking_nonce = 取授权随机数
state-authorising = 请求授权
state-dispensing = 点钞
state-presenting = 送钞
state-cash_waiting = 等待取钞
state-retracting = 回收现金
state-rejecting = 废弃钞票
state-asking_present_status = 是否取走
state-printing = 打印
state-ending = 结束

## 钞票所在、账簿分录、客户动作

place-stacker = 暂存器
place-position = 出钞口
place-customer = 客户手中
place-reject = 废钞箱
place-retract = 回收箱
ledger-opening = 期初余额
ledger-withdrawal = 取款
ledger-reversal = 冲正
ledger-load = 装钞
ledger-unload = 卸钞
ledger-surplus = 长款
ledger-shortage = 短款
does-arrives = 到来
does-looks = 看摄像头
does-leaves = 离开
does-press = 按键
does-take_cash = 取走现金
does-take_receipt = 取走凭条
does-operator = 管理员

## Pages that stand by themselves

report-heading = 验证
report-proven = 已证实
report-refused = 未通过
report-not_possible = 无法进行
report-again = 在本页再验证一次
report-here = 本页刚才的验证结果
report-back = 报告

## 参与：当一回客户、分叉、两次运行并排

app-pages = 页面
app-cancel = 取消
page-play = 当一回客户
home-play = 当一回客户
help-fork = 从此刻分叉
fork-here = 从此分叉
fork-title = 从 { $time } 分叉
fork-lead = 此刻之前一切照旧，只改变一处，然后在本浏览器中继续运行。
fork-change = 改变什么
fork-person = 换一个人站在机前
fork-slip = 下一个数字按错
fork-fault = 某处出现故障
fork-forget = 不取走现金
fork-by_hand = 由我来当客户
fork-running = 正在运行改变后的计划
fork-go = 从此继续运行
fork-take_over = 接手
stand-person = 人物编号
stand-kin = 来者
stand-attack = 举着
stand-distance = 距离 { $cm } 厘米
kin-self = 本人
kin-twin = 其双胞胎
kin-sibling = 兄弟姐妹
kin-cousin = 表亲
attack-none = 没有
attack-printed-photo = 打印的照片
attack-phone-replay = 手机
panel-hands = 您的双手
hands-here = 在机前
hands-away = 无人
hands-stand = 走上前
hands-change = 换人
hands-leave = 离开
hands-type = 输入
hands-break = 弄坏
hands-mend = 修好
hands-take_cash = 取走现金
hands-take_receipt = 取走凭条
knows-id = 身份证号
knows-phone = 手机号
knows-pin = 密码
play-opening = 正在本浏览器中打开机器
play-catching_up = 正在运行到此刻
play-ending = 正在结束此次办理
play-lead = 走上前，点屏幕，按键；电脑的数字键、回车和退格也可用。
play-rests = 机前无人：时间停住。
play-soon_over = 到 { $time } 时，此次办理自动结束。
# Here, since every trace is pinned to the texts among which the other keys stand.
key-backspace = 退格
play-end = 结束此次办理
kept-keeping = 服务器正在重新运行
kept-kept = 重新运行，根相同
kept-differs = 重新运行，根不同
kept-not_kept = 仅保存在此标签页
compare-same = 两次运行逐行相同。
compare-parting = 第一处差异
compare-line = 第 { $line } 行
compare-over = 此次运行已结束。
compare-now = 此刻的差异
marker-parting = 第一处差异
does-stands = 站到机前

## 开发者的面板和页面

panel-changes = 变化
changes-none = 没有差异
changes-where = 位置
panel-exchanges = 设备命令
panel-plot = 分数随时间变化
log-device = 设备
log-all_devices = 全部设备
result-unasked = 没有预期
result-unjudged = 未在此评判
attack-glossy-print = 亮面照片
attack-matt-print = 哑光照片
attack-bent-print = 弯曲的照片
attack-eye-hole-print = 挖了眼洞的照片
attack-cloth-print = 印在布上的照片
attack-phone-video = 手机视频
attack-tablet-photo = 平板上的照片
attack-tablet-video = 平板上的视频
attack-paper-mask = 纸面具
attack-resin-mask = 树脂面具
attack-silicone-mask = 硅胶面具
attack-mannequin-head = 人体模型头
page-edit = 场景编辑
compare-with = 与之比较
compare-go = 比较
changes-hold = 固定此刻
changes-release = 放开
changes-before = 上一事件
changes-held = 固定的时刻
changes-now = 此刻
exchange-none = 还没有命令
exchange-waiting = 进行中
exchange-command = 命令
exchange-acknowledge = 确认
exchange-event = 事件
exchange-unsolicited = 主动事件
exchange-completion = 完成
plot-none = 此次运行没有判别过画面
export-title = 导出
export-trace = 轨迹（JSON Lines）
export-perfetto = Chrome 跟踪（Perfetto）
export-junit = JUnit
export-scenario = 场景文件

## The auditor's pages

page-audit = 审计
audit-drop = 松开即可在此打开记录或证据包

## The trainer's pages

page-teach = 培训

## 大批运行

page-campaign = 批量仿真
profile-lite = 一次办理，最多一个故障
profile-swarm = 任意
profile-perf = 普通取款
met-touch = 触摸
met-key = 按键
met-device = 设备
met-host = 银行
met-face = 人脸
met-timer = 时限

# What the auditors', the editor's and the campaigns' pages say, in Chinese: loaded with them.

## Pages that stand by themselves

check-chain = 记录没有被改动
check-models = 模型、渲染器和文字一致
check-resimulation = 计划重新运行，结果相同
check-decisions = 核心收到相同的事件，作出相同的决定
check-oracles = 再次按规则核对，结论相同

## 开发者的面板和页面

edit-lead = 修改，在本浏览器中运行，观看。补全：Ctrl+空格。Tab 缩进；先按 Esc 再按 Tab 离开编辑区。
edit-from = 起始场景
edit-start_over = 恢复原文
edit-run = 运行并观看
edit-watch = 观看
edit-editor = 场景文件
edit-fine = 没有发现问题
edit-problems = 问题：{ $count }

## The auditor's pages

audit-heading = 逐次查看：发生了什么
audit-lead = 何人办理、由哪一项在什么分数与阈值上决定、资金去向如何：均读自各次轨迹。
audit-when = 时间
audit-decided = 决定因素
audit-against = 分数与阈值
audit-money = 资金
audit-scenario = 场景
audit-any = 全部
audit-search = 搜索
audit-broken = 仅违反规则
audit-unbroken = 没有违反规则
audit-none = 没有符合的运行。
audit-csv = 保存表格 (CSV)
audit-print = 打印
audit-bring = 导入轨迹或证据包
audit-brought = 新留存 { $fresh } 条，已有 { $known } 条。
audit-batch = 多次运行一个场景
audit-times = 次数
audit-first_seed = 起始种子
audit-start = 运行
audit-stop = 取消
audit-table = 运行
audit-all = 返回全部运行
audit-replay = 回放这次运行
audit-factors = 逐项核验
audit-check = 项目
audit-verdict = 结论
audit-event = 事件
audit-what_ran = 所用模型与渲染器
audit-looks = 拍摄次数
audit-machine = 机器
audit-debited = 扣款
audit-reversed = 冲正
audit-retracted = 收回
audit-not_asked = 未进行
audit-verify = 立即验证
audit-verifying = 正在验证
audit-verify_lead = 五个问题，由本机现在逐一回答并给出依据。
audit-stopped = 已取消，已完成的部分保留。
audit-printed = 依据具有此根哈希的轨迹打印
factor-all = 全部通过
factor-consent = 同意
factor-liveness = 活体
factor-face = 人脸
factor-number = 号码
factor-pin = 密码
factor-bank = 银行
factor-machine = 机器
factor-customer = 客户
settled-none = 无资金变动
settled-paid = 已付
settled-returned = 已退回
settled-suspect = 待核查
settled-open = 未了结

## 大批运行

campaign-lead = 在此标签页中运行许多次，每次都由所有规则检验；失败的会缩减到最小计划。更大规模请用命令 campaign。
campaign-runs = 运行次数
campaign-sessions = 办理次数
campaign-rate = 每秒运行
campaign-met = 到过之处
campaign-profile = 类型
campaign-mutant = 放入的错误部件
campaign-start = 开始
campaign-stop = 停止
campaign-running = 正在运行
campaign-none = 还没有批量仿真。选择次数，然后开始。
campaign-failures = 违反的规则
campaign-quiet = 没有
campaign-no_failure = 每次运行所有规则都成立。
campaign-shrinking = 正在寻找会失败的最小计划
campaign-shrunk = { $of } 个动作和故障中 { $left } 个已足够
campaign-coverage = 覆盖：状态与到达的事件

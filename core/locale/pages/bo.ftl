# What the auditors', the editor's and the campaigns' pages say, in Tibetan; unchecked, as ../bo.ftl. Loaded with them.

## Pages that stand by themselves

check-chain = ཟིན་ཐོ་ཆ་ཚང་།
check-models = ངོ་གདོང་ངོས་འཛིན། ONNX SHA-256
check-resimulation = ཡང་བསྐྱར་འཁོར་སྐྱོད།
check-decisions = ཐག་གཅོད་ཡང་བསྐྱར།
check-oracles = སྒྲིག་ལམ་འགལ་བ་ཡོད་མེད་ཡང་བསྐྱར་ཞིབ་བཤེར་བྱེད།

## The developer's panels and pages

edit-lead = བཟོ་བཅོས་བྱས་རྗེས་འཁོར་སྐྱོད་བྱེད། (Ctrl+Space) ཐོན། (Esc Tab)
edit-from = དཔེ་མཚོན།
edit-start_over = ཐོག་མའི་དཔེ་མཚོན།
edit-run = འཁོར་སྐྱོད།
edit-watch = གཟིགས།
edit-editor = དཔེ་མཚོན་གྱི་ཡིག་ཆ།
edit-fine = སྐྱོན་མེད།
edit-problems = སྐྱོན་ { $count }

## The auditor's pages

audit-heading = འཁོར་སྐྱོད་ཚང་མའི་ཞིབ་བཤེར།
audit-lead = མགྲོན་པོ་དང་། ཐག་གཅོད། དངུལ། ཚང་མ་ཟིན་ཐོའི་ནང་ཡོད།
audit-when = དུས་ཚོད།
audit-decided = ཐག་གཅོད།
audit-against = ཆ་སྒྲིག་དང་ཚད་མཚམས།
audit-money = དངུལ།
audit-scenario = དཔེ་མཚོན།
audit-any = ཚང་མ།
audit-search = བཤེར་འཚོལ།
audit-broken = སྒྲིག་ལམ་འགལ་བ།
audit-unbroken = སྒྲིག་ལམ་འགལ་བ་མེད།
audit-none = འཁོར་སྐྱོད་མེད།
audit-csv = CSV ཉར་ཚགས།
audit-print = པར་འདེབས།
audit-bring = ཟིན་ཐོའི་ཡིག་ཆ་ནང་འཇུག
audit-brought = ཉར་ཚགས། { $fresh } · སྔོན་དུ་ཡོད། { $known }
audit-batch = དཔེ་མཚོན་ཡང་བསྐྱར་འཁོར་སྐྱོད།
audit-times = ཐེངས་གྲངས།
audit-first_seed = ས་བོན་ཐོག་མ།
audit-start = འཁོར་སྐྱོད།
audit-stop = རྩིས་མེད།
audit-table = འཁོར་སྐྱོད།
audit-all = འཁོར་སྐྱོད་ཚང་མ།
audit-replay = འཁོར་སྐྱོད་གཏོང་བ།
audit-factors = ཐོབ་ཐང་ར་སྤྲོད།
audit-check = ར་སྤྲོད།
audit-verdict = མཇུག་འབྲས།
audit-event = དོན་རྐྱེན།
audit-what_ran = བེད་སྤྱོད་བྱས་པའི་ ONNX
audit-looks = པར་ལེན་ཐེངས་གྲངས།
audit-machine = འཕྲུལ་ཆས།
audit-debited = དངུལ་ཕྱིར་ལེན།
audit-reversed = ཕྱིར་སློག
audit-retracted = ཕྱིར་བསྡུས།
audit-not_asked = དཔྱད་འཇལ་བྱས་མེད།
audit-verify = ར་སྤྲོད་འགོ་འཛུགས།
audit-verifying = ར་སྤྲོད་བྱེད་བཞིན་པ།
audit-verify_lead = ཟིན་ཐོ་ཡང་བསྐྱར་ར་སྤྲོད་བྱེད་ཆོག
audit-stopped = རྩིས་མེད། འཁོར་སྐྱོད་ལེགས་གྲུབ་ཚང་མ་ཉར་ཚགས།
audit-printed = རྩ་བའི་ཨང་རྟགས།
factor-all = ཚང་མ་ར་འཕྲོད་པ།
factor-consent = མོས་མཐུན།
factor-liveness = གསོན་པོ་ཡིན་མིན།
factor-face = ངོ་གདོང་།
factor-number = ཨང་གྲངས།
factor-pin = གསང་ཨང་།
factor-bank = དངུལ་ཁང་།
factor-machine = འཕྲུལ་ཆས།
factor-customer = མགྲོན་པོ།
settled-none = དངུལ་འགྱུར་མེད།
settled-paid = དངུལ་སྤྲད་ཟིན།
settled-returned = ཕྱིར་སློག་གཏན་འཁེལ།
settled-suspect = ཞིབ་བཤེར་བྱེད་དགོས།
settled-open = ཕྱིར་སློག་སྒུག་བཞིན་པ།

## Campaigns

campaign-lead = འཁོར་སྐྱོད་མང་པོ་བྱེད། སྒྲིག་ལམ་འགལ་བ་ཡོད་མེད་ཞིབ་བཤེར་བྱེད། (campaign)
campaign-runs = འཁོར་སྐྱོད་ཐེངས་གྲངས།
campaign-sessions = ཞབས་ཞུ་ཐེངས་གྲངས།
campaign-rate = སྐར་ཆ་ 1 ནང་འཁོར་སྐྱོད།
campaign-met = དོན་རྐྱེན་གྱི་རིགས།
campaign-profile = རིགས།
campaign-mutant = ཆ་ཤས་ནོར་འདུག
campaign-start = འགོ་འཛུགས།
campaign-stop = མཚམས་འཇོག
campaign-running = འཁོར་སྐྱོད་བྱེད་བཞིན་པ།
campaign-none = ད་དུང་འཁོར་སྐྱོད་བྱས་མེད།
campaign-failures = སྒྲིག་ལམ་འགལ་བ།
campaign-quiet = མེད།
campaign-no_failure = སྒྲིག་ལམ་འགལ་བ་མེད།
campaign-shrinking = བཤེར་འཚོལ་བྱེད་བཞིན་པ།
campaign-shrunk = བྱ་བ་ { $left } / { $of }
campaign-coverage = གནས་སྟངས་དང་དོན་རྐྱེན།

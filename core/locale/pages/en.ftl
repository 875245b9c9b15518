# What the auditors', the editor's and the campaigns' pages say, in English: loaded with them.

## Pages that stand by themselves

check-chain = No line was changed
check-models = Models, renderer and texts are the same
check-resimulation = The plan, run again, gives the same
check-decisions = The core, told the same, decides the same
check-oracles = The rules, held to it again, find the same

## The developer's panels and pages

edit-lead = Change it, run it in this browser, see. Completion: Ctrl+Space. Tab indents; Esc, then Tab leaves the text.
edit-from = Start from
edit-start_over = Start over
edit-run = Run and watch
edit-watch = Watch it
edit-editor = Scenario file
edit-fine = No problem found
edit-problems = Problems: { $count }

## The auditor's pages

audit-heading = What happened, run by run
audit-lead = Who came, what decided at which score and threshold, and what became of the money: read from each trace.
audit-when = Time
audit-decided = Decided by
audit-against = Score and threshold
audit-money = Money
audit-scenario = Scenario
audit-any = All
audit-search = Search
audit-broken = Broken rules only
audit-unbroken = No rule was broken
audit-none = No run matches.
audit-csv = Save table (CSV)
audit-print = Print
audit-bring = Bring a trace or a bundle
audit-brought = Kept now: { $fresh }. Here already: { $known }.
audit-batch = Run a scenario many times
audit-times = Times
audit-first_seed = First seed
audit-start = Run
audit-stop = Cancel
audit-table = Runs
audit-all = Back to all runs
audit-replay = Replay this run
audit-factors = What was checked
audit-check = Check
audit-verdict = Verdict
audit-event = Event
audit-what_ran = What it ran with
audit-looks = Exposures
audit-machine = Machine
audit-debited = Debited
audit-reversed = Reversed
audit-retracted = Taken back in
audit-not_asked = Not asked
audit-verify = Verify now
audit-verifying = Verifying
audit-verify_lead = Five questions, each answered with its evidence: by this computer, now.
audit-stopped = Cancelled. What was finished is kept.
audit-printed = Printed from the trace with this root
factor-all = Every check passed
factor-consent = Consent
factor-liveness = Liveness
factor-face = Face
factor-number = Number
factor-pin = PIN
factor-bank = Bank
factor-machine = Machine
factor-customer = Customer
settled-none = No money moved
settled-paid = Paid
settled-returned = Returned
settled-suspect = To be checked
settled-open = Open

## Campaigns

campaign-lead = Many runs in this tab, each judged by every oracle. What fails is shrunk to its smallest plan. Larger campaigns: the command campaign.
campaign-runs = Runs
campaign-sessions = Sessions
campaign-rate = Runs a second
campaign-met = Places met
campaign-profile = Kind
campaign-mutant = Wrong part let in
campaign-start = Start
campaign-stop = Stop
campaign-running = Running
campaign-none = No campaign yet. Choose how many runs, and start.
campaign-failures = Broken rules
campaign-quiet = None
campaign-no_failure = Every oracle is quiet in every run.
campaign-shrinking = Looking for the smallest plan that fails
campaign-shrunk = { $left } of { $of } deeds and faults are enough
campaign-coverage = Coverage: states and what reached them

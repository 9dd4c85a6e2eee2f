//! What is said on the way to a fix: asking for logs and versions, naming the fix, sending to the tracker or elsewhere.

use super::{Theme, begins, not, says};
use crate::signals::Signal::{AsksForLogs, AsksForVersion, AsksToFile, HandsOn, NamesFix, SelfSolved};
use crate::signals::matcher::Rule;

pub(super) const THEME: &[Theme] = &[
    (
        says(AsksForLogs),
        &[
            "(anything|something) (in|useful in|interesting in|relevant in) (the|your) (log|logs|log files|syslog|dmesg)",
            "(what|what do|what does) (do |does |) (the|your) (log|logs|traceback|error message|output) (say|says|show|shows|look like|tell)",
            "what('s| is) (the|in) (the |your |) (full |exact |complete |actual |) (error|error message|traceback|stack trace|output|logs|log)",
            "(more|some) (information|details|info) (would|about|on|is|are) (be needed|needed|your (setup|environment|configuration)|help|required)",
        ],
    ),
    (
        Rule::First(AsksForLogs),
        &[
            "(can|could|would|will) you (please|maybe|perhaps|also|) (post|share|paste|attach|show|provide|send|include|upload|pastebin|give|add)",
            "(please|pls|plz) (post|share|paste|attach|show|provide|send|include|upload|pastebin|give|add)",
            "(post|paste|pastebin|share|show us|show me|attach) (your|the)",
            "(need|needs|like|want|have) to see",
            "(do|can|could) you (have|get|provide) (a|the|any|some)",
            "(without|unless) (seeing|you show|you post|you share)",
        ],
    ),
    (
        Rule::Then(AsksForLogs),
        &[
            "(log|logs|logfile|log file|log files|output|config|configuration|traceback|stacktrace|stack trace|backtrace|error message|exact error|full error|snippet|reproducer|test case|crash report|thread dump|core dump|settings|minimal example|small example|your code|the code|some code|your pom|dmesg|screenshot|xorg.conf|sources.list)",
        ],
    ),
    (
        not(AsksForLogs),
        &[
            "(i|we) (can|could|will|would|i'll) (post|share|paste|attach|show|provide|send)",
            "let me (post|paste|share|attach|show)",
        ],
    ),
    (
        says(AsksForVersion),
        &[
            "(what|which) version (is|of|are) (this|that|it|you|your|python|java|maven|ubuntu|twisted|the|windows|linux|openssl|kernel|docker)",
            "(are you|you're) (using|running|on) the (latest|newest|current|most recent) (version|release|stable)",
            "(still|also) (happen|occur|exist|persist) (with|in|on) the (latest|newest|current|master|trunk)",
            "(try|test|reproduce|check) (it|this|that|) (with|on|in|using|against) the (latest|newest|most recent|master|trunk)",
            "(please |) (state|mention|specify|tell us|provide|include) (the|your|which|what) (exact |) (version|os|platform|environment)",
            "welche version (verwendest|benutzt|nutzt|hast|setzt|ist)",
            "quelle version (utilisez|utilises|avez|est)",
            "(qué|que|cuál|qual) (versión|versão) (usas|estás|tienes|está|usa|es)",
        ],
    ),
    (
        Rule::First(AsksForVersion),
        &[
            "(what|which) (exact|) (version|versions|os|operating system|distro|distribution|platform|release|ubuntu|browser|kernel|python|java|jdk)",
        ],
    ),
    (
        Rule::Then(AsksForVersion),
        &[
            "(are|do|did|were|have) you (using|running|on|use|run|have|try|tried|installed|got|referring)",
            "are you (on|using|running)",
            "(is|was) (this|that|it|you) (on|for|with|using|running|exactly)",
        ],
    ),
    (
        not(AsksForVersion),
        &[
            "(what|which) version (should|do|would|can|must) (i|we)",
            "(not sure|know|tell|see|depending on|depends on|regardless of|no matter) (what|which) version",
        ],
    ),
    (
        says(NamesFix),
        &[
            "(fixed|resolved|addressed|implemented|solved|corrected|added) (in|by|with|via) (r|rev |revision |commit |changeset |trunk|master|git|svn|head|main|the latest|version |release |#|pr |pull request|the next)",
            "(i've|i have|we've|we have|i|has been|have been|was|been|got|just) (just |now |already |also |) (committed|pushed|merged|reverted|landed|cherry-picked|backported)",
            "(is|was|been|now|already) (fixed|merged|committed) (in|on|to|into) (trunk|master|main|head|the next|the latest|git|svn|dev|stable|version)",
            "(in|on) (trunk|master) now",
            "(here's|here is|attached|i've attached|i attached|submitted|see the attached) (a|the|my|) (small|simple|quick|) (patch|fix|diff)",
            "patch (is |) attached",
            "(will|going to) be (fixed|released|available|included|resolved|part of) (in|with) (the next|the upcoming|version|release|trunk|master)",
            "(my|this|your|the) (pr|pull request|patch) (was|is|has been|got) (now |) (merged|accepted|applied|committed|landed)",
            "(i'll|i will) (commit|push|merge|apply|fix|submit|prepare) (it|this|that|a fix|the fix|a patch|the patch)",
        ],
    ),
    (
        Rule::First(NamesFix),
        &["(i've|i have|i|we|just|we've) (just|) (opened|submitted|created|made|sent|raised|filed|pushed|put up)"],
    ),
    (Rule::Then(NamesFix), &["(pr|pull request|merge request|patch|pull-request)"]),
    (begins(NamesFix), &["fixed", "fixed in", "merged", "committed", "pushed", "reverted", "done in"]),
    (
        not(NamesFix),
        &[
            "(not|never|can|could|should|must|if|when|until|to|need to|needs to|would|might|may) (be|been|get|) (fixed|merged|committed|pushed|resolved|reverted)",
            "(fixed|merged) (size|width|length|point|number|set|amount|cost|price|time|string|position|font|version|rate|list|view|by hand)",
            "will (this|it|that) be (fixed|released|available|included)",
        ],
    ),
    (
        says(AsksToFile),
        &[
            "(please|could you|can you|would you) (please |also |) report (this|it|that) (to|at|on|in|as|upstream|here|there)",
            "(file|open|create|raise) (a|an) (bug|issue|ticket|jira|bug report) (for|about|at|on|in|against|with|please|so|if you|here|there)",
            "(worth|deserves|merits) (a|an|filing|opening) (a |an |) (bug|issue|ticket|jira|bug report)",
            "(bitte |) (ein |einen |) (bug|ticket|issue|fehlerbericht) (eröffnen|aufmachen|anlegen|erstellen|melden)",
            "(ouvrir|créer) un (ticket|bug|rapport)",
            "(abre|abrir|crea|crear|abra) (un|uma|um) (ticket|issue|bug|incidencia|reporte)",
        ],
    ),
    (
        Rule::First(AsksToFile),
        &[
            "(please|pls|plz|could you|can you|would you|would you mind|you should|you could|feel free to|best to|better to|you can|you may want to|you might want to|don't hesitate to|go ahead and|welcome to) (please|also|just|) (open|file|create|submit|raise|log|report|opening|filing|creating)",
        ],
    ),
    (
        Rule::Then(AsksToFile),
        &[
            "(issue|bug|ticket|jira|bug report|defect|feature request|pull request|pr|merge request|rfe|enhancement request|issue report)",
        ],
    ),
    (
        not(AsksToFile),
        &[
            "(i|we|i'll|i'd|i will|we'll|let me|i can|i could|should i|shall i|can i|going to|want me to|happy to|where to|i wanted to|tried to|they) (also|now|just|probably|) (open|file|create|submit|raise|log|report)",
            "(already|just|i've|i have|has) (opened|filed|created|submitted|raised|logged|reported)",
        ],
    ),
    (
        says(HandsOn),
        &[
            "(is|it's|that's|sounds like|looks like|seems like|seems to be|this is) (an |a |) (upstream|third-party|third party|downstream|vendor) (bug|issue|problem|thing|question)",
            "(report|reported|file|raise|ask|asked|filed|open|opened) (this |that |it |a bug |an issue |) upstream",
            "(wrong|not the right|not the best|not the correct|isn't the right|not an appropriate|inappropriate) (mailing list|list|channel|place|forum|room|group|venue|project|repo|repository|tracker)",
            "(off-topic|off topic|offtopic) (here|for this|on this|in here|in this)",
            "(this|the) (channel|list|mailing list|room|forum|tracker|issue tracker) is (only |) (for|about|not for|meant for|not a|dedicated to|reserved)",
            "(belongs|belong) (on|in|to) the (list|channel|mailing list|tracker|forum|project|repo)",
            "better asked (on|in|at)",
            "(better|more) luck (asking|in #|in the)",
            "you (should|need to|have to|might|could) (contact|talk to|reach out to|get in touch with) (the|your) (vendor|provider|hoster|maintainer|maintainers|developers|authors|author|project|distribution|team|support|administrator|admin)",
            "(support|help) (is |) (in|on|at) #",
            "(bug|issue|problem|question) (in|with|of|for) (the distribution|your distribution|upstream|the driver|the vendor)",
        ],
    ),
    (
        Rule::First(HandsOn),
        &["(ask|asking|asked|post|discuss) (this|that|it|your question|about this|) (on|in|at|to) (the|their)"],
    ),
    (
        Rule::Then(HandsOn),
        &[
            "(mailing list|users list|user list|users mailing list|dev list|developers list|forum|forums|irc|slack|tracker|stackoverflow|stack overflow|users channel|support channel|help channel)",
        ],
    ),
    (
        not(HandsOn),
        &[
            "(i|we|i'll|i'd|should i|can i|i've|already|also|was) (ask|asked|post|posted|asking|posting|discuss|send)",
            "(is|was) (this|that|it) the wrong",
            "(sorry if|if) (this is|it's|it is) (the wrong|off topic|off-topic|not the right)",
        ],
    ),
    (
        says(SelfSolved),
        &[
            "(nevermind|never mind|nvm|nvmd)",
            "(i|we|ok i|i've|i have|we've|finally|just) (just |finally |have |) (figured|worked|sorted) (it|this|that) out",
            "(i|i've|we|i have) (just|finally|) (found|identified|discovered) (it|the (problem|issue|solution|answer|cause|bug|culprit|error))",
            "(solved|fixed|resolved|figured|found) (it|this|that|the problem) (out |) (myself|on my own|by myself|ourselves)",
            "(managed|was able|were able) to (fix|solve|resolve|get|make) (it|this|that|the problem|my problem) (working|to work|work|by|with|)",
            "(got|i got|we got|finally got) (it|this|that|everything) (working|to work|fixed|sorted|running|solved)",
            "(to |) (answer|answering|reply|replying to) (my|to my) own (question|mail|post|message)",
            "(it was|was|my) (my |all my |) (own |) (mistake|fault|bad)",
            "(turns|turned) out (that |) (i|it was|my|we|the problem was|the issue was)",
            "(problem|issue|error) was (on my|at my|between|in my|that i|my|caused by my)",
            "(hat sich |) erledigt",
            "(habe|hab) (es|den fehler|die lösung) (selbst |) (gefunden|gelöst|hinbekommen)",
            "(j'ai|on a) trouvé (la solution|le problème|l'erreur|d'où)",
            "(ya |) (lo solucioné|lo resolví|encontré (la solución|el problema|el error))",
            "(consegui resolver|já resolvi|encontrei o (problema|erro))",
        ],
    ),
    (
        Rule::First(SelfSolved),
        &["(i|we|i've|i have|managed to) (just|finally|actually|) (solved|fixed|resolved|solve|fix|resolve)"],
    ),
    (
        Rule::Then(SelfSolved),
        &[
            "myself",
            "on my own",
            "by (using|adding|changing|removing|setting|installing|upgrading|running|deleting|moving|replacing)",
        ],
    ),
    (
        not(SelfSolved),
        &[
            "(haven't|hasn't|have you|you|you've|until|not) (found|solved|figured|fixed|got|sorted|managed)",
            "never mind (the|that|about|what|how|if|me)",
            "(found|identified|discovered|spotted) the (bug|problem|issue|error|cause|reason) (in|report|tracker|to be hard)",
            "(not|n't|isn't) (it was |was |) (my|your) (fault|mistake|bad)",
            "(was|is) (it|this) my (fault|mistake)",
            "not my (fault|mistake|bad)",
        ],
    ),
];

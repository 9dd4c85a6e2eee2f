use super::*;

#[test]
fn html_becomes_text() {
    for (html, expected) in [
        ("", ""),
        ("plain & simple", "plain & simple"),
        ("<p>One\n two</p><p>three</p>", "One two\n\nthree"),
        ("a<br>b<br/><br><br>c", "a\nb\n\nc"),
        ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
        ("<b>bo</b>ld &lt;b&gt;", "bold <b>"),
        ("<ul><li>a<li>b<ol><li>c</li><li>d</ol></ul>e", "- a\n- b\n  1. c\n  2. d\n\ne"),
        ("<a href='https://example.org/'>example.org</a>", "example.org"),
        ("see <a href=\"https://example.org/x?a=1&amp;b=2\">here</a>.", "see here <https://example.org/x?a=1&b=2>."),
        ("<a href='#top'>up</a> <a href=mailto:a@example.org>write</a>", "up write <a@example.org>"),
        ("<blockquote>a<p>b</p><blockquote>c</blockquote></blockquote>d", "> a\n>\n> b\n>\n>> c\nd"),
        (
            "use <code>a  b</code>:<pre><code>if x:\n    y\n\n</code></pre>done",
            "use `a b`:\n\n    if x:\n        y\n\ndone",
        ),
        ("<pre>\n> a\n  b</pre>", "> a\n  b"),
        ("<style>p { x > y }</style><SCRIPT>if (a < b) {}</SCRIPT>text<!-- <p>no</p> -->", "text"),
        ("<title>t</title><!--[if mso]>x<![endif]--><![if !mso]>y<![endif]>", "y"),
        ("<table><tr><td>a<td>b</tr><tr><td>c</table>", "a\tb\nc"),
        ("a<hr>From: b", "a\n________________________________\nFrom: b"),
        ("a <img alt=':smile:' src=x> b", "a :smile: b"),
        ("<a title='a > b' href=\"http://example.org/y\">x</a>", "x <http://example.org/y>"),
        ("1 < 2 and <3 & <", "1 < 2 and <3 & <"),
        ("<a href=\"unclosed>text</a> more", "text more"),
        ("<script>never closed", "never closed"),
        ("</p></blockquote></a></ul></code>x", "x"),
        ("a&nbsp;&nbsp;b\u{a0}", "a b"),
    ] {
        assert_eq!(html_to_text(html), expected, "{html}");
    }
}

#[test]
fn quoting_mails_are_understood() {
    for (program, html, own) in [
        (
            "Gmail",
            "<div>Yes.</div><br><div class='gmail_quote'>On Thu, Jun 26, 2014 at 2:14 PM, Jo <span>&lt;\
             <a href='mailto:jo@example.org'>jo@example.org</a>&gt;</span> wrote:<br>\
             <blockquote class='gmail_quote'><div>Is it?</div></blockquote></div>",
            "Yes.",
        ),
        (
            "Gmail, forwarding",
            "See below.<div class='gmail_quote'>---------- Forwarded message ---------<br>From: <b>Jo</b> <span>\
             &lt;<a href='mailto:jo@example.org'>jo@example.org</a>&gt;</span><br>Date: Mon, May 2, 2016<br>\
             Subject: It<br>To: me<br><br>Is it?</div>",
            "See below.",
        ),
        (
            "Gmail, bottom posting",
            "<div class='gmail_quote'>On Mon, May 2, 2016 at 2:14 PM Jo &lt;jo@example.org&gt; wrote:<br>\
             <blockquote>Is it?</blockquote><div>Yes.</div></div>",
            "Yes.",
        ),
        (
            "Outlook on the web",
            "<div>Yes.</div><hr><div id='divRplyFwdMsg' dir='ltr'><font><b>From:</b> Jo &lt;jo@example.org&gt;<br>\
             <b>Sent:</b> Monday, May 2, 2016 10:00<br><b>To:</b> me<br><b>Subject:</b> It</font></div>\
             <div>Is it?</div>",
            "Yes.",
        ),
        (
            "Outlook, German",
            "<p class=MsoNormal>Ja.</p><div style='border-top:solid #E1E1E1 1.0pt'><p><b>Von:</b> Jo<br><b>Gesendet:\
             </b> Montag, 2. Mai 2016 10:00<br><b>An:</b> mir<br><b>Betreff:</b> Es</p></div><p>Ist es?</p>",
            "Ja.",
        ),
        (
            "Thunderbird",
            "Yes.<br><div class='moz-cite-prefix'>Am 02.05.2016 um 10:00 schrieb Jo:<br></div>\
             <blockquote type='cite'>Is it?<br><pre>-- \nJo</pre></blockquote>",
            "Yes.",
        ),
        (
            "Yahoo",
            "<div>Yes.</div><div class='yahoo_quoted'><div>On Monday, May 2, 2016, 10:00:00 AM GMT, Jo \
             &lt;jo@example.org&gt; wrote:</div><div>Is it?</div></div>",
            "Yes.",
        ),
    ] {
        assert_eq!(crate::own_words(&html_to_text(html)), own, "{program}");
    }
}

#[test]
fn hostile_markup_takes_linear_time() {
    for piece in
        ["<", "<a ", "<a href=\"", "<!--", "<script>", "<blockquote>", "<ul><li>", "&", "<pre>\n", "</", "<a href='x'>"]
    {
        html_to_text(&piece.repeat(200_000));
    }
}

proptest::proptest! {
    #[test]
    fn any_markup_will_do(html in "(?s)(<(/?[a-z]{1,10}|blockquote|li|pre|a href)[ =\"'>]{0,3}|&[#a-z0-9]{0,4};?|.){0,40}") {
        html_to_text(&html);
    }
}

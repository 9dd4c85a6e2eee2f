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
fn a_quoting_mail_is_understood() {
    let html = "<div>Yes.</div><br><div>On Thu, Jun 26, 2014 at 2:14 PM, Jo <span>&lt;<a href='mailto:jo@example.org'>\
        jo@example.org</a>&gt;</span> wrote:<br><blockquote><div>Is it?</div></blockquote></div>";
    assert_eq!(crate::own_words(&html_to_text(html)), "Yes.");
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

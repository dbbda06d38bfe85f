//! Words in a page for browsers: escaped, so that nothing of a project can become markup or run.

/// The beginning of a page that loads nothing and runs nothing.
pub(in crate::formats) fn beginning(title: &str, style: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>{style}</style>\n</head>\n<body>\n",
        escaped(title)
    )
}

/// What ends it.
pub(in crate::formats) const END: &str = "</body>\n</html>\n";

/// `text` as it may stand between tags and in quoted attributes.
pub(in crate::formats) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use crate::formats::html::{beginning, escaped};

    #[test]
    fn nothing_can_be_markup() {
        assert_eq!(
            escaped("<b a=\"1\" c='2'>&amp;"),
            "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;"
        );
        assert_eq!(beginning("</title><script>", "").matches("<script").count(), 0);
    }
}

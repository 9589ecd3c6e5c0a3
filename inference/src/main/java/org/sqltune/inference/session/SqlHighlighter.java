package org.sqltune.inference.session;

import com.google.common.collect.ImmutableSet;
import java.util.Locale;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.sqltune.core.sql.syntax.SqlScanner;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.core.text.PrintableText;

/** Colours SQL by the kinds of its tokens. */
final class SqlHighlighter {
    private static final AttributedStyle KEYWORD =
            AttributedStyle.DEFAULT.bold().foreground(AttributedStyle.BLUE);
    private static final AttributedStyle TEXT = AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
    private static final AttributedStyle NUMBER = AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);

    private static final ImmutableSet<String> KEYWORDS = ImmutableSet.copyOf(("all and as asc avg between by case cast"
                    + " collate count cross desc distinct else end escape except exists filter from full glob group"
                    + " having in inner intersect is join left like limit max min natural not null offset on or order"
                    + " outer over partition recursive right select sum then total union using values when where"
                    + " window with")
            .split(" "));

    private SqlHighlighter() {}

    /** The SQL with styles; its text is the same, but for control characters, which are escaped. */
    static AttributedString highlight(String sql) {
        String printable = PrintableText.lines(sql);
        AttributedStringBuilder highlighted = new AttributedStringBuilder(printable.length());
        int copied = 0;
        for (SqlToken token : SqlScanner.scan(printable)) {
            highlighted.append(printable, copied, token.start());
            highlighted.styled(style(token), token.text());
            copied = token.end();
        }
        highlighted.append(printable, copied, printable.length());
        return highlighted.toAttributedString();
    }

    private static AttributedStyle style(SqlToken token) {
        return switch (token.kind()) {
            case WORD -> KEYWORDS.contains(token.text().toLowerCase(Locale.ROOT)) ? KEYWORD : AttributedStyle.DEFAULT;
            case STRING -> TEXT;
            case NUMBER, BLOB -> NUMBER;
            default -> AttributedStyle.DEFAULT;
        };
    }
}

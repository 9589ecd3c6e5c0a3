package org.sqltune.postgres.query;

import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.sqltune.core.sql.syntax.Expression.Like;
import org.sqltune.postgres.scope.ConversionScope;
import org.sqltune.postgres.value.Coercions;
import org.sqltune.postgres.value.ConvertedValue;
import org.sqltune.postgres.value.Fields;
import org.sqltune.postgres.value.UnsupportedSqlException;

/** Converts LIKE, which ignores the case of ASCII letters in SQLite, and GLOB, which doesn't. */
final class Patterns {
    private static final String REGEX_SYMBOLS = "\\^$.|?*+()[]{}";

    private final ExpressionConverter expressions;

    Patterns(ExpressionConverter expressions) {
        this.expressions = expressions;
    }

    Condition convert(Like like, ConversionScope scope) {
        Field<?> value =
                Coercions.toText(expressions.value(like.value(), scope)).field();
        ConvertedValue pattern = Coercions.toText(expressions.value(like.pattern(), scope));
        if (like.operator().equals("REGEXP") || like.operator().equals("MATCH")) {
            throw new UnsupportedSqlException(like.operator() + " isn't converted");
        }
        Condition matches = like.operator().equals("GLOB") ? glob(value, pattern) : like(like, value, pattern, scope);
        return like.negated() ? DSL.not(matches) : matches;
    }

    private Condition like(Like like, Field<?> value, ConvertedValue pattern, ConversionScope scope) {
        String text = pattern.literalText();
        String operator = text != null && text.chars().noneMatch(Character::isLetter) ? "LIKE" : "ILIKE";
        if (like.escape() != null) {
            Field<?> escape = expressions.value(like.escape(), scope).field();
            return Fields.test("{0} " + operator + " {1} ESCAPE {2}", value, pattern.field(), escape);
        }
        if (text == null || text.contains("\\")) {
            // A backslash has no special meaning in SQLite.
            return Fields.test("{0} " + operator + " {1} ESCAPE ''", value, pattern.field());
        }
        Field<String> string = Fields.typed(value);
        return operator.equals("LIKE") ? string.like(text) : string.likeIgnoreCase(text);
    }

    private static Condition glob(Field<?> value, ConvertedValue pattern) {
        String text = pattern.literalText();
        if (text == null) {
            throw new UnsupportedSqlException("GLOB with a pattern that isn't a literal isn't converted");
        }
        if (text.contains("[") || text.contains("%") || text.contains("_") || text.contains("\\")) {
            return Fields.test("{0} ~ {1}", value, DSL.inline(regex(text)));
        }
        return Fields.<String>typed(value).like(text.replace('*', '%').replace('?', '_'));
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder("^");
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            int close = c == '[' ? glob.indexOf(']', i + 2) : -1;
            if (close > 0) {
                regex.append(set(glob.substring(i + 1, close)));
                i = close;
            } else if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else {
                regex.append(REGEX_SYMBOLS.indexOf(c) >= 0 ? "\\" : "").append(c);
            }
        }
        return regex.append('$').toString();
    }

    private static String set(String content) {
        String escaped = content.replace("\\", "\\\\").replace("[", "\\[");
        return "[" + (escaped.startsWith("^") ? escaped : escaped.replace("^", "\\^")) + "]";
    }
}

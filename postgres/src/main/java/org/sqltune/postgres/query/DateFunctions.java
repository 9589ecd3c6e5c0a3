package org.sqltune.postgres.query;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.sqltune.postgres.schema.Affinity;
import org.sqltune.postgres.schema.TextFacts;
import org.sqltune.postgres.schema.ValueKind;
import org.sqltune.postgres.value.Coercions;
import org.sqltune.postgres.value.ConvertedValue;
import org.sqltune.postgres.value.Fields;
import org.sqltune.postgres.value.UnsupportedSqlException;

/**
 * Converts <a href="https://www.sqlite.org/lang_datefunc.html">SQLite's dates and times</a>, which are texts, in UTC.
 */
final class DateFunctions {
    static final Set<String> NAMES = Set.of("date", "time", "datetime", "julianday", "strftime", "unixepoch");

    private static final String ISO = "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])"
            + "([ T]([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d+)?)?)?$";

    private static final Pattern SHIFT =
            Pattern.compile("([+-]?\\d{1,6}(?:\\.\\d{1,6})?)\\s*(second|minute|hour|day|month|year)s?");

    ConvertedValue now(String keyword) {
        return switch (keyword) {
            case "CURRENT_DATE" -> day(utc(), false);
            case "CURRENT_TIME" -> clock(utc(), false);
            default -> moment(utc(), false);
        };
    }

    ConvertedValue convert(String name, List<ConvertedValue> arguments) {
        boolean formats = name.equals("strftime");
        if (formats && arguments.isEmpty()) {
            throw new UnsupportedSqlException("strftime without a format");
        }
        List<ConvertedValue> rest = formats ? arguments.subList(1, arguments.size()) : arguments;
        boolean nullable =
                !rest.isEmpty() && (rest.get(0).nullable() || rest.get(0).kind() == ValueKind.TEXT);
        Field<?> time = rest.isEmpty() ? utc() : shifted(timestamp(rest), rest.subList(1, rest.size()));
        return switch (name) {
            case "date" -> day(time, nullable);
            case "time" -> clock(time, nullable);
            case "datetime" -> moment(time, nullable);
            case "julianday" -> julianDay(time, nullable);
            case "unixepoch" -> ConvertedValue.of(epoch(time), ValueKind.BIGINT, nullable);
            default -> formatted(arguments.get(0).literalText(), time, nullable);
        };
    }

    private static Field<?> utc() {
        return Fields.sql("(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')");
    }

    private static ConvertedValue day(Field<?> time, boolean nullable) {
        return ConvertedValue.of(Fields.castToDate(time), ValueKind.DATE, nullable);
    }

    private static ConvertedValue moment(Field<?> time, boolean nullable) {
        return ConvertedValue.of(Fields.sql("DATE_TRUNC('second', {0})", time), ValueKind.TIMESTAMP, nullable);
    }

    private static ConvertedValue clock(Field<?> time, boolean nullable) {
        return ExpressionConverter.text(format(time, "HH24:MI:SS"), nullable);
    }

    /** Returns the Julian day, which begins at noon in SQLite and at midnight in PostgreSQL. */
    private static ConvertedValue julianDay(Field<?> time, boolean nullable) {
        return ConvertedValue.of(Fields.sql("(EXTRACT(JULIAN FROM {0}) - 0.5)", time), ValueKind.REAL, nullable);
    }

    private static Field<?> epoch(Field<?> time) {
        return Fields.sql("FLOOR(EXTRACT(EPOCH FROM {0}))", time).cast(SQLDataType.BIGINT);
    }

    private static Field<?> format(Field<?> time, String format) {
        return Fields.sql("TO_CHAR({0}, {1})", time, DSL.inline(format));
    }

    /** Returns the first argument as a timestamp; NULL if the text isn't a date. */
    private static Field<?> timestamp(List<ConvertedValue> arguments) {
        ConvertedValue value = arguments.get(0);
        String literal = value.literalText();
        if (literal != null && literal.equalsIgnoreCase("now")) {
            return utc();
        }
        if (value.kind() == ValueKind.TIMESTAMP || value.kind() == ValueKind.NULL) {
            return value.kind() == ValueKind.NULL ? Fields.castToTimestamp(value.field()) : value.field();
        }
        if (value.kind() == ValueKind.DATE
                || (value.kind() == ValueKind.TEXT && value.facts().moments())) {
            return Fields.castToTimestamp(value.field());
        }
        if (value.kind() == ValueKind.TEXT && literal == null) {
            return Fields.when(
                    Fields.test("{0} ~ {1}", value.field(), DSL.inline(ISO)), Fields.castToTimestamp(value.field()));
        }
        boolean epoch =
                arguments.size() > 1 && "unixepoch".equals(arguments.get(1).literalText());
        if (epoch && value.kind().isNumber()) {
            return Fields.sql("(TO_TIMESTAMP({0}) AT TIME ZONE 'UTC')", value.field());
        }
        throw new UnsupportedSqlException(
                "a date made of " + value.kind().name().toLowerCase(Locale.ROOT)
                        + (literal == null ? "" : " '" + literal + "'") + " isn't converted");
    }

    private static Field<?> shifted(Field<?> time, List<ConvertedValue> modifiers) {
        Field<?> result = time;
        for (ConvertedValue modifier : modifiers) {
            String text = modifier.literalText();
            if (text == null) {
                throw new UnsupportedSqlException("a date modifier that is computed isn't converted");
            }
            result = shifted(result, text.strip().toLowerCase(Locale.ROOT));
        }
        return result;
    }

    private static Field<?> shifted(Field<?> time, String modifier) {
        Matcher shift = SHIFT.matcher(modifier);
        if (shift.matches()) {
            String unit = shift.group(2);
            if (unit.equals("month") || unit.equals("year")) {
                return month(time, shift.group(1), unit);
            }
            return Fields.sql("({0} + INTERVAL '" + shift.group(1) + " " + unit + "')", time);
        }
        return switch (modifier) {
            case "start of month" -> Fields.sql("DATE_TRUNC('month', {0})", time);
            case "start of year" -> Fields.sql("DATE_TRUNC('year', {0})", time);
            case "start of day" -> Fields.sql("DATE_TRUNC('day', {0})", time);
            case "unixepoch", "utc", "auto" -> time;
            default -> throw new UnsupportedSqlException("the date modifier '" + modifier + "' isn't converted");
        };
    }

    /** Adds months as SQLite does: the 31st of a short month overflows into the next month, where PostgreSQL clamps. */
    private static Field<?> month(Field<?> time, String count, String unit) {
        if (count.contains(".")) {
            throw new UnsupportedSqlException("a part of a " + unit + " isn't converted");
        }
        return Fields.sql(
                "(DATE_TRUNC('month', {0}) + INTERVAL '" + count + " " + unit + "' + ({0} - DATE_TRUNC('month', {0})))",
                time);
    }

    private static ConvertedValue formatted(@Nullable String format, Field<?> time, boolean nullable) {
        if (format == null) {
            throw new UnsupportedSqlException("strftime with a format that is computed isn't converted");
        }
        switch (format) {
            case "%s":
                return integerText(Fields.castToText(epoch(time)), nullable);
            case "%w":
                return integerText(Fields.castToText(Fields.sql("EXTRACT(DOW FROM {0})", time)), nullable);
            case "%Y":
                return integerText(format(time, "YYYY"), nullable);
            case "%J":
                return Coercions.toText(julianDay(time, nullable));
            default:
                break;
        }
        String pattern = pattern(format);
        if (format.equals("%Y-%m-%d")) {
            return new ConvertedValue(
                    format(time, pattern),
                    ValueKind.TEXT,
                    Affinity.NONE,
                    nullable,
                    new TextFacts(false, true, true, true),
                    null);
        }
        return ExpressionConverter.text(format(time, pattern), nullable);
    }

    private static ConvertedValue integerText(Field<?> text, boolean nullable) {
        TextFacts facts = new TextFacts(true, false, true, false);
        return new ConvertedValue(text, ValueKind.TEXT, Affinity.NONE, nullable, facts, null);
    }

    private static String pattern(String format) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%') {
                pattern.append(Character.isLetter(c) ? "\"" + c + "\"" : String.valueOf(c));
                continue;
            }
            i++;
            pattern.append(field(i < format.length() ? format.charAt(i) : ' '));
        }
        return pattern.toString();
    }

    private static String field(char field) {
        return switch (field) {
            case 'Y' -> "YYYY";
            case 'm' -> "MM";
            case 'd' -> "DD";
            case 'H' -> "HH24";
            case 'M' -> "MI";
            case 'S' -> "SS";
            case 'f' -> "SS.MS";
            case 'j' -> "DDD";
            case 'F' -> "YYYY-MM-DD";
            case 'T' -> "HH24:MI:SS";
            case '%' -> "%";
            default -> throw new UnsupportedSqlException("strftime's %" + field + " isn't converted");
        };
    }
}

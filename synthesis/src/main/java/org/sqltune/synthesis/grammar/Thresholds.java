package org.sqltune.synthesis.grammar;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sqltune.synthesis.profile.ProfiledValue;

/** Turns a column's values into values that people would ask with. */
public final class Thresholds {
    /** Orders numbers by size. */
    static final Comparator<ProfiledValue> BY_SIZE = Comparator.comparingDouble(ProfiledValue::number);

    private static final int LONGEST_SPOKEN_VALUE = 40;

    private Thresholds() {}

    /** Rounds the number to two significant digits: nobody asks for prices above 1763.64. */
    public static ProfiledValue near(ProfiledValue number) {
        boolean small = Math.abs(number.number()) < 100 && !number.text().contains(".");
        return small
                ? number
                : ProfiledValue.ofNumber(
                        new BigDecimal(number.text()).round(new MathContext(2)).doubleValue());
    }

    /** Returns the day itself, or the first day of its month or year. */
    static ProfiledValue day(ProfiledValue date, Choice choice) {
        String text = date.text();
        String day = choice.chance(0.4)
                ? text.substring(0, 10)
                : choice.chance(0.6) ? text.substring(0, 7) + "-01" : text.substring(0, 4) + "-01-01";
        return ProfiledValue.ofText(day);
    }

    /** Returns whether a question can quote the value. */
    public static boolean sayable(ProfiledValue value) {
        String text = value.text();
        return !text.isBlank()
                && text.equals(text.strip())
                && text.length() <= LONGEST_SPOKEN_VALUE
                && text.chars().noneMatch(Character::isISOControl);
    }

    /** Returns the beginning, the end or a word of the value, for LIKE. */
    static Optional<ProfiledValue> part(ProfiledValue value, ConditionKind kind, Choice choice) {
        String text = value.text();
        int length = choice.between(1, 4);
        List<String> words = List.of(text.split(" "));
        String part = switch (kind) {
            case STARTS_WITH -> text.substring(0, Math.min(choice.chance(0.5) ? 1 : length, text.length()));
            case ENDS_WITH -> text.substring(Math.max(0, text.length() - Math.max(2, length)));
            default -> choice.one(words);
        };
        boolean plain = !part.isEmpty() && part.chars().allMatch(Character::isLetterOrDigit);
        boolean telling = kind == ConditionKind.STARTS_WITH || part.length() >= 2;
        return plain && telling && part.length() <= LONGEST_SPOKEN_VALUE
                ? Optional.of(ProfiledValue.ofText(part))
                : Optional.empty();
    }

    /** Returns {@code A}, {@code A or B}, or {@code A, B or C}. */
    static String either(List<ProfiledValue> values) {
        if (values.size() < 2) {
            return values.stream().map(ProfiledValue::text).collect(Collectors.joining());
        }
        String first = values.subList(0, values.size() - 1).stream()
                .map(ProfiledValue::text)
                .collect(Collectors.joining(", "));
        return first + " or " + values.get(values.size() - 1).text();
    }
}

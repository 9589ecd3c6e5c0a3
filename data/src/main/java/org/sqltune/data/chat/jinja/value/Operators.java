package org.sqltune.data.chat.jinja.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's operators. */
public final class Operators {
    private Operators() {}

    public static boolean compare(String operator, @Nullable Object a, @Nullable Object b) {
        return switch (operator) {
            case "==" -> Values.equal(a, b);
            case "!=" -> !Values.equal(a, b);
            case "in" -> Values.contains(b, a);
            case "not in" -> !Values.contains(b, a);
            case "<" -> Values.compare(a, b) < 0;
            case "<=" -> Values.compare(a, b) <= 0;
            case ">" -> Values.compare(a, b) > 0;
            default -> Values.compare(a, b) >= 0;
        };
    }

    public static Object apply(String operator, @Nullable Object a, @Nullable Object b) {
        if (operator.equals("~")) {
            return Values.text(a) + Values.text(b);
        }
        if (Values.isNumber(a) && Values.isNumber(b)) {
            return number(operator, a, b);
        }
        if (operator.equals("+") && a instanceof String left && b instanceof String right) {
            return joined(left, right);
        }
        if (operator.equals("+") && a instanceof List<?> left && b instanceof List<?> right) {
            List<@Nullable Object> both = new ArrayList<>(left);
            both.addAll(right);
            return left instanceof Tuple ? new Tuple(both) : both;
        }
        if (operator.equals("*") && a instanceof String text && b instanceof Long times) {
            return repeated(text, times);
        }
        if (operator.equals("*") && a instanceof Long times && b instanceof String text) {
            return repeated(text, times);
        }
        if (operator.equals("%") && a instanceof String format) {
            return TextMethods.percent(format, b);
        }
        throw Values.defined(a, b, "don't fit the operator " + operator);
    }

    private static String joined(String left, String right) {
        TextMethods.requireShort(left.length() + (double) right.length());
        return left + right;
    }

    private static String repeated(String text, long times) {
        TextMethods.requireShort(text.length() * (double) times);
        return text.repeat((int) Math.max(0, times));
    }

    public static Object negate(@Nullable Object value) {
        if (value instanceof Double number) {
            return -number;
        }
        return -Values.whole(value, "the operand of -");
    }

    private static Object number(String operator, @Nullable Object a, @Nullable Object b) {
        boolean decimal = a instanceof Double || b instanceof Double;
        try {
            return decimal || operator.equals("/")
                    ? decimal(operator, Values.decimal(a), Values.decimal(b))
                    : whole(operator, Values.whole(a, ""), Values.whole(b, ""));
        } catch (ArithmeticException e) {
            throw new JinjaException(Values.repr(a) + " " + operator + " " + Values.repr(b) + " can't be computed");
        }
    }

    private static Object whole(String operator, long a, long b) {
        return switch (operator) {
            case "+" -> Math.addExact(a, b);
            case "-" -> Math.subtractExact(a, b);
            case "*" -> Math.multiplyExact(a, b);
            case "//" -> Math.floorDiv(a, b);
            case "%" -> Math.floorMod(a, b);
            default -> power(a, b);
        };
    }

    private static Object power(long a, long b) {
        double power = Math.pow(a, b);
        return b >= 0 && Math.abs(power) < 1L << 53 ? (Object) (long) power : (Object) power;
    }

    private static double decimal(String operator, double a, double b) {
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> divided(a, b);
            case "//" -> Math.floor(divided(a, b));
            case "%" -> a - b * Math.floor(divided(a, b));
            default -> Math.pow(a, b);
        };
    }

    private static double divided(double a, double b) {
        if (b == 0) {
            throw new ArithmeticException("division by zero");
        }
        return a / b;
    }
}

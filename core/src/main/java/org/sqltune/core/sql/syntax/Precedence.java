package org.sqltune.core.sql.syntax;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How tight SQLite's operators bind, from loose to tight. */
final class Precedence {
    static final int OR = 1;
    static final int AND = 2;
    static final int NOT = 3;
    /** {@code =}, {@code <>}, IS, IN, LIKE, BETWEEN, ISNULL. */
    static final int EQUALITY = 4;

    static final int CONCATENATION = 9;
    static final int COLLATE = 10;
    /** A sign in front. */
    static final int SIGN = 11;
    /** What needs no parentheses anywhere. */
    static final int OPERAND = 12;

    /** The operators that are symbols. */
    static final Map<String, Integer> SYMBOLS = symbols();

    private Precedence() {}

    /** {@code ==} and {@code !=} as the standard has them, all others as they are. */
    static String standard(String operator) {
        return switch (operator) {
            case "==" -> "=";
            case "!=" -> "<>";
            default -> operator;
        };
    }

    private static Map<String, Integer> symbols() {
        List<List<String>> levels = List.of(
                List.of("=", "==", "<>", "!="),
                List.of("<", "<=", ">", ">="),
                List.of("&", "|", "<<", ">>"),
                List.of("+", "-"),
                List.of("*", "/", "%"),
                List.of("||", "->", "->>"));
        Map<String, Integer> symbols = new HashMap<>();
        for (int i = 0; i < levels.size(); i++) {
            int precedence = EQUALITY + i;
            levels.get(i).forEach(operator -> symbols.put(operator, precedence));
        }
        return symbols;
    }
}

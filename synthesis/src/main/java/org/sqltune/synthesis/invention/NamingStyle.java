package org.sqltune.synthesis.invention;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The spelling of a schema's names. Invented names start in snake case. */
enum NamingStyle {
    /** {@code order_items}, {@code unit_price}. */
    SNAKE,
    /** {@code order_items}, {@code Unit_Price}, {@code Order_ID}: as in many of Spider's schemas. */
    CAPITALISED_COLUMNS,
    /** {@code Order_Items}, {@code unit_price}. */
    CAPITALISED_TABLES,
    /** {@code OrderItems}, {@code UnitPrice}, {@code OrderID}. */
    PASCAL,
    /** {@code orderItems}, {@code unitPrice}, {@code orderID}. */
    CAMEL,
    /** {@code ORDER_ITEMS}, {@code UNIT_PRICE}. */
    UPPER;

    /** Returns a table's name in this style. */
    String table(String snake) {
        return switch (this) {
            case SNAKE, CAPITALISED_COLUMNS -> snake;
            case CAPITALISED_TABLES -> capitalisedSnake(snake);
            case PASCAL -> pascal(snake);
            case CAMEL -> camel(snake);
            case UPPER -> upper(snake);
        };
    }

    /** Returns a column's name in this style. */
    String column(String snake) {
        return switch (this) {
            case SNAKE, CAPITALISED_TABLES -> snake;
            case CAPITALISED_COLUMNS -> capitalisedSnake(snake);
            case PASCAL -> pascal(snake);
            case CAMEL -> camel(snake);
            case UPPER -> upper(snake);
        };
    }

    private static String capitalisedSnake(String snake) {
        return words(snake).collect(Collectors.joining("_"));
    }

    private static String pascal(String snake) {
        return words(snake).collect(Collectors.joining());
    }

    private static String camel(String snake) {
        int first = snake.indexOf('_');
        return first < 0 ? snake : snake.substring(0, first) + pascal(snake.substring(first + 1));
    }

    private static String upper(String snake) {
        return snake.toUpperCase(Locale.ROOT);
    }

    private static Stream<String> words(String snake) {
        return Arrays.stream(snake.split("_")).map(NamingStyle::capitalised);
    }

    private static String capitalised(String word) {
        return word.equals("id") ? "ID" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}

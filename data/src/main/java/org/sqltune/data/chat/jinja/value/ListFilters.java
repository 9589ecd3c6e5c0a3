package org.sqltune.data.chat.jinja.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jinja's filters of lists. */
public final class ListFilters {
    private ListFilters() {}

    public static @Nullable Object apply(String name, @Nullable Object value, Arguments arguments) {
        return switch (name) {
            case "map" -> mapped(value, arguments);
            case "select", "reject", "selectattr", "rejectattr" -> selected(name, value, arguments);
            case "sort" -> sorted(value, arguments);
            case "dictsort" -> dictionary(value, arguments);
            case "unique" -> unique(value, arguments);
            case "sum" -> sum(value, arguments);
            case "groupby" -> grouped(value, arguments);
            case "batch", "slice" -> parts(name, value, arguments);
            default -> extreme(value, arguments, name.equals("max"));
        };
    }

    /** Returns the value at a path such as {@code a.b.0} of an item. */
    public static @Nullable Object attribute(@Nullable Object item, @Nullable Object path) {
        Object value = item;
        for (String part : Values.text(path).split("\\.", -1)) {
            value = part.matches("\\d{1,9}")
                    ? Attributes.item(value, Long.valueOf(part))
                    : Attributes.item(value, part);
        }
        return value;
    }

    private static Arguments behind(Arguments arguments, int count) {
        List<@Nullable Object> all = arguments.positional();
        return new Arguments(all.subList(Math.min(count, all.size()), all.size()), arguments.named());
    }

    private static List<@Nullable Object> mapped(@Nullable Object value, Arguments arguments) {
        List<@Nullable Object> items = Values.items(value);
        Object attribute = arguments.named().get("attribute");
        if (attribute != null) {
            items.replaceAll(item -> {
                Object found = attribute(item, attribute);
                return found instanceof Undefined && arguments.named().containsKey("default")
                        ? arguments.named().get("default")
                        : found;
            });
            return items;
        }
        String filter = arguments.text(0, "filter", "");
        if (!Filters.NAMES.contains(filter)) {
            throw new JinjaException("there is no filter '" + filter + "'");
        }
        items.replaceAll(item -> Filters.apply(filter, item, behind(arguments, 1)));
        return items;
    }

    private static List<@Nullable Object> selected(String name, @Nullable Object value, Arguments arguments) {
        boolean ofAttribute = name.endsWith("attr");
        int skipped = ofAttribute ? 1 : 0;
        Object test = arguments.get(skipped, "test", null);
        if (test != null && !Tests.NAMES.contains(Values.text(test)) && !isOperator(Values.text(test))) {
            throw new JinjaException("there is no test '" + Values.text(test) + "'");
        }
        boolean wanted = name.startsWith("select");
        List<@Nullable Object> kept = new ArrayList<>();
        for (Object item : Values.items(value)) {
            Object tested = ofAttribute ? attribute(item, arguments.get(0, "attribute", "")) : item;
            boolean holds = test == null
                    ? Values.isTrue(tested)
                    : isOperator(Values.text(test))
                            ? Operators.compare(Values.text(test), tested, arguments.get(skipped + 1, "other", null))
                            : Tests.apply(Values.text(test), tested, behind(arguments, skipped + 1));
            if (holds == wanted) {
                kept.add(item);
            }
        }
        return kept;
    }

    private static boolean isOperator(String test) {
        return List.of("==", "!=", "<", "<=", ">", ">=").contains(test);
    }

    private static @Nullable Object key(@Nullable Object item, @Nullable Object attribute) {
        return attribute == null ? item : attribute(item, attribute);
    }

    private static List<@Nullable Object> sorted(@Nullable Object value, Arguments arguments) {
        boolean reverse = arguments.truth(0, "reverse", false);
        boolean caseSensitive = arguments.truth(1, "case_sensitive", false);
        Object attribute = arguments.get(2, "attribute", null);
        List<@Nullable Object> items = Values.items(value);
        items.sort((a, b) -> Filters.order(caseSensitive, reverse).compare(key(a, attribute), key(b, attribute)));
        return items;
    }

    private static List<@Nullable Object> dictionary(@Nullable Object value, Arguments arguments) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new JinjaException(Values.clipped(Values.repr(value)) + " is no dict to sort");
        }
        boolean caseSensitive = arguments.truth(0, "case_sensitive", false);
        Long by = arguments.text(1, "by", "key").equals("value") ? 1L : 0L;
        boolean reverse = arguments.truth(2, "reverse", false);
        List<@Nullable Object> pairs = MapMethods.items(map);
        pairs.sort((a, b) ->
                Filters.order(caseSensitive, reverse).compare(Attributes.item(a, by), Attributes.item(b, by)));
        return pairs;
    }

    private static List<@Nullable Object> unique(@Nullable Object value, Arguments arguments) {
        boolean caseSensitive = arguments.truth(0, "case_sensitive", false);
        Object attribute = arguments.get(1, "attribute", null);
        List<@Nullable Object> seen = new ArrayList<>();
        List<@Nullable Object> kept = new ArrayList<>();
        for (Object item : Values.items(value)) {
            Object key = Filters.folded(key(item, attribute), caseSensitive);
            if (!Values.contains(seen, key)) {
                seen.add(key);
                kept.add(item);
            }
        }
        return kept;
    }

    private static @Nullable Object sum(@Nullable Object value, Arguments arguments) {
        Object attribute = arguments.get(0, "attribute", null);
        Object total = arguments.get(1, "start", 0L);
        for (Object item : Values.items(value)) {
            total = Operators.apply("+", total, key(item, attribute));
        }
        return total;
    }

    private static List<@Nullable Object> grouped(@Nullable Object value, Arguments arguments) {
        Object attribute = arguments.get(0, "attribute", "");
        Map<@Nullable Object, List<@Nullable Object>> groups = new LinkedHashMap<>();
        List<@Nullable Object> sorted = Values.items(value);
        sorted.sort((a, b) -> Values.compare(key(a, attribute), key(b, attribute)));
        sorted.forEach(item -> groups.computeIfAbsent(key(item, attribute), missing -> new ArrayList<>())
                .add(item));
        return MapMethods.items(groups);
    }

    /**
     * Implements {@code batch}, which makes lists of a given size, and {@code slice}, which makes a given number of
     * lists.
     */
    private static List<@Nullable Object> parts(String name, @Nullable Object value, Arguments arguments) {
        List<@Nullable Object> items = Values.items(value);
        int count = Math.max(1, arguments.whole(0, name.equals("batch") ? "linecount" : "slices", 1));
        List<@Nullable Object> parts = new ArrayList<>();
        if (name.equals("batch")) {
            for (int start = 0; start < items.size(); start += count) {
                parts.add(new ArrayList<>(items.subList(start, Math.min(items.size(), start + count))));
            }
            return parts;
        }
        int start = 0;
        for (int i = 0; i < Math.min(count, Values.MOST_CHARACTERS); i++) {
            int end = start + items.size() / count + (i < items.size() % count ? 1 : 0);
            parts.add(new ArrayList<>(items.subList(start, end)));
            start = end;
        }
        return parts;
    }

    private static @Nullable Object extreme(@Nullable Object value, Arguments arguments, boolean largest) {
        boolean caseSensitive = arguments.truth(0, "case_sensitive", false);
        Object attribute = arguments.get(1, "attribute", null);
        List<@Nullable Object> items = Values.items(value);
        Object best = new Undefined("there is no largest or smallest item: the list is empty");
        for (Object item : items) {
            if (best instanceof Undefined
                    || (Filters.order(caseSensitive, largest).compare(key(item, attribute), key(best, attribute))
                            < 0)) {
                best = item;
            }
        }
        return best;
    }
}

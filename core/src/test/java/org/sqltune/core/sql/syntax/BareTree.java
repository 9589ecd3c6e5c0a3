package org.sqltune.core.sql.syntax;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A tree as nested lists, without the texts of columns, which say how something was written and not what it is. */
final class BareTree {
    private BareTree() {}

    static Object of(Object node) {
        if (node instanceof List<?> items) {
            return items.stream().map(BareTree::of).toList();
        }
        if (!(node instanceof Record record)) {
            return String.valueOf(node);
        }
        List<Object> parts = new ArrayList<>(List.of(record.getClass().getSimpleName()));
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            boolean writing =
                    record instanceof Query.Column && component.getName().equals("text");
            if (!writing) {
                parts.add(of(value(record, component)));
            }
        }
        return parts;
    }

    private static Object value(Record record, RecordComponent component) {
        try {
            return Objects.requireNonNullElse(component.getAccessor().invoke(record), "nothing");
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}

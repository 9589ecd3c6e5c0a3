package org.sqltune.data.prompt;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.sqltune.core.schema.ForeignKey;

/** Both ends of a foreign key: {@code a.x = b.y}, or of several columns {@code (a.x, a.z) = (b.y, b.w)}, which is SQL. */
final class KeyEnds {
    private KeyEnds() {}

    /**
     * @param between what stands between the ends
     * @param spelling how names are written
     */
    static String joined(ForeignKey key, String between, UnaryOperator<String> spelling) {
        return end(key.table(), key.columns(), spelling)
                + between
                + end(key.referencedTable(), key.referencedColumns(), spelling);
    }

    private static String end(String table, List<String> columns, UnaryOperator<String> spelling) {
        String list = columns.stream()
                .map(column -> spelling.apply(table) + "." + spelling.apply(column))
                .collect(Collectors.joining(", "));
        return columns.size() == 1 ? list : "(" + list + ")";
    }
}

package org.sqltune.data.prompt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.DeclaredType;
import org.sqltune.core.schema.Table;

/** Which declared types some tables need. */
final class UsedTypes {
    private static final String ARRAY = "[]";

    private UsedTypes() {}

    /** Those of {@code types} that a column has, or that a type needs which a column has; in their order. */
    static List<DeclaredType> of(List<DeclaredType> types, List<Table> tables) {
        Set<String> used = new HashSet<>();
        for (Table table : tables) {
            table.columns().stream().map(Column::type).map(UsedTypes::element).forEach(used::add);
        }
        List<DeclaredType> needed = new ArrayList<>();
        for (int i = types.size() - 1; i >= 0; i--) {
            DeclaredType type = types.get(i);
            boolean within = needed.stream().anyMatch(other -> other.statement().contains(type.name()));
            if (within || used.contains(type.name())) {
                needed.add(type);
            }
        }
        Collections.reverse(needed);
        return needed;
    }

    private static String element(String type) {
        return type.endsWith(ARRAY) ? type.substring(0, type.length() - ARRAY.length()) : type;
    }
}

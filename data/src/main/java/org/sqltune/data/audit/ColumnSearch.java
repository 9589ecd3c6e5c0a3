package org.sqltune.data.audit;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.SchemaContent;

/** Finds queries that name tables or columns missing from the schema in their prompt. */
final class ColumnSearch {
    private ColumnSearch() {}

    static void in(AuditPart part, List<Finding> findings) {
        Map<SchemaContent, List<Example>> bySchema = new LinkedHashMap<>();
        for (Example example : part.examples()) {
            bySchema.computeIfAbsent(example.schema(), schema -> new ArrayList<>())
                    .add(example);
        }
        bySchema.forEach((schema, examples) -> {
            try (SchemaCheck check = new SchemaCheck(schema)) {
                for (Example example : examples) {
                    check.missing(example.sql())
                            .ifPresent(
                                    message -> findings.add(new Finding(Fault.COLUMNS, part.name(), example, message)));
                }
            } catch (SQLException e) {
                throw new SqlTuneException("SQLite can't make a database in memory: " + e.getMessage(), e);
            }
        });
    }
}

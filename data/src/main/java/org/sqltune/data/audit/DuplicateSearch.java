package org.sqltune.data.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.data.naming.QuestionText;

/** Finds repeated questions about one database. */
final class DuplicateSearch {
    private DuplicateSearch() {}

    /** A question with its database or, if the data names none, its schema. */
    private record Asked(String database, SchemaContent schema, String question) {}

    /**
     * Adds duplicates and contradictions. Rows without database and schema may be of different databases, so
     * different answers aren't contradictions.
     */
    static void in(AuditPart part, List<Finding> findings) {
        Map<Asked, Map<String, String>> answers = new HashMap<>();
        for (Example example : part.examples()) {
            Asked asked =
                    new Asked(example.databaseId(), example.schema(), QuestionText.normalised(example.question()));
            Map<String, String> known = answers.computeIfAbsent(asked, key -> new HashMap<>());
            String sql = SqlTemplate.same(example.sql());
            String earlier = known.get(sql);
            if (earlier != null) {
                findings.add(new Finding(Fault.DUPLICATE, part.name(), example, "as " + earlier));
            } else {
                if (!known.isEmpty() && tellsWhatIsAsked(example)) {
                    String other = known.values().iterator().next();
                    findings.add(new Finding(Fault.CONTRADICTION, part.name(), example, "unlike " + other));
                }
                known.put(sql, example.id());
            }
        }
    }

    private static boolean tellsWhatIsAsked(Example example) {
        boolean schemaless = example.schema() instanceof VerbatimSchema verbatim
                && verbatim.text().isBlank();
        return !example.databaseId().isEmpty() || !schemaless;
    }
}

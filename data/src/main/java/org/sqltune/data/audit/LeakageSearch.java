package org.sqltune.data.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sqltune.core.example.Example;
import org.sqltune.data.audit.Leakage.By;
import org.sqltune.data.naming.QuestionText;

/**
 * Compares a held-out part with a training part: by rows, questions, SQL without values, and databases. Only equal
 * rows are a fault; the rest shows how different the parts are, which is a design choice of the data set.
 */
final class LeakageSearch {
    private LeakageSearch() {}

    static List<Leakage> between(AuditPart train, AuditPart heldOut, List<Finding> findings) {
        List<Leakage> result = new ArrayList<>();
        for (By by : By.values()) {
            Map<String, String> known = new HashMap<>();
            for (Example example : train.examples()) {
                known.putIfAbsent(key(by).apply(example), example.id());
            }
            known.remove("");
            int rows = 0;
            int comparable = 0;
            for (Example example : heldOut.examples()) {
                String key = key(by).apply(example);
                comparable += key.isEmpty() || known.isEmpty() ? 0 : 1;
                String other = key.isEmpty() ? null : known.get(key);
                rows += other == null ? 0 : 1;
                if (by == By.ROW && other != null) {
                    findings.add(new Finding(
                            Fault.LEAKAGE, heldOut.name(), example, "it is " + other + " of " + train.name()));
                }
            }
            result.add(new Leakage(train.name(), heldOut.name(), by, rows, comparable));
        }
        return result;
    }

    /** Returns an example's key for a comparison; empty if the example lacks it. */
    private static Function<Example, String> key(By by) {
        return switch (by) {
            case ROW -> example -> QuestionText.normalised(example.question()) + "\n" + SqlTemplate.same(example.sql());
            case QUESTION -> example -> QuestionText.normalised(example.question());
            case TEMPLATE -> example -> SqlTemplate.of(example.sql());
            case DATABASE -> Example::databaseId;
        };
    }
}

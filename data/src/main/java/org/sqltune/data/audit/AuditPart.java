package org.sqltune.data.audit;

import java.util.List;
import org.sqltune.core.example.Example;

/**
 * One part of a data set.
 *
 * @param name what the report calls it, such as {@code train}
 * @param heldOut whether it is scored on, so that none of it may be trained on
 * @param examples its questions
 */
public record AuditPart(String name, boolean heldOut, List<Example> examples) {
    public AuditPart {
        examples = List.copyOf(examples);
    }
}

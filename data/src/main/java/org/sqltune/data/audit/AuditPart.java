package org.sqltune.data.audit;

import java.util.List;
import org.sqltune.core.example.Example;

/**
 * A part of a data set.
 *
 * @param name the name in reports, such as {@code train}
 * @param heldOut whether it serves scoring, so that training may not contain its rows
 * @param examples its questions
 */
public record AuditPart(String name, boolean heldOut, List<Example> examples) {
    public AuditPart {
        examples = List.copyOf(examples);
    }
}

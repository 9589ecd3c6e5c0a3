package org.sqltune.synthesis.shape;

import java.util.Optional;
import org.sqltune.synthesis.invention.InventedSchema;

/** One way to query a schema. */
@FunctionalInterface
public interface QueryShape {
    /** Asks something of that shape; nothing if the tables and columns that chance chose don't allow it. */
    Optional<QuestionAndSql> ask(InventedSchema schema);
}

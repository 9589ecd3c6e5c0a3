package org.sqltune.data.pretraining;

import java.util.Optional;

/** One way to query a schema. */
@FunctionalInterface
interface QueryShape {
    /** Asks something of that shape; nothing if the tables and columns that chance chose don't allow it. */
    Optional<QuestionAndSql> ask(InventedSchema schema);
}

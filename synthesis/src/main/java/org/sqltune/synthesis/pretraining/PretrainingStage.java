package org.sqltune.synthesis.pretraining;

import org.sqltune.synthesis.invention.SchemaInventor.SchemaShape;

/**
 * The difficulty of a corpus. A model learns to copy fastest from one small table, so training takes the stages in
 * order.
 */
public enum PretrainingStage {
    /** One small table, queries without joins, many made-up names. */
    ONE_TABLE,
    /** Two or three tables, joins of two, some nesting. */
    FEW_TABLES,
    /** Databases of up to six tables and every shape of query. */
    FULL;

    /** Returns the size of this stage's schemas. */
    SchemaShape schemas() {
        return switch (this) {
            case ONE_TABLE -> new SchemaShape(1, 1, 2, 5, 0.15);
            case FEW_TABLES -> new SchemaShape(2, 3, 2, 5, 0.1);
            case FULL -> new SchemaShape(3, 6, 3, 6, 0.06);
        };
    }

    /** Returns a query shape's weight at this stage, given its weights by stage, the easiest first. */
    double weight(double[] weights) {
        return switch (this) {
            case ONE_TABLE -> weights[0];
            case FEW_TABLES -> weights[1];
            case FULL -> weights[2];
        };
    }
}

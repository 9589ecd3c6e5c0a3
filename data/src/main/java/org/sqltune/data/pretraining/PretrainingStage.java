package org.sqltune.data.pretraining;

/**
 * How hard a corpus is. A model learns to copy from one small table soonest, so training goes through the stages in
 * order.
 */
public enum PretrainingStage {
    /** One small table, queries without joins, many names that exist nowhere. */
    ONE_TABLE(new SchemaShape(1, 1, 2, 5, 0.15)),
    /** Two or three tables, joins of two, some nesting. */
    FEW_TABLES(new SchemaShape(2, 3, 2, 5, 0.1)),
    /** Databases of up to six tables and every shape of query. */
    FULL(new SchemaShape(3, 6, 3, 6, 0.06));

    private final SchemaShape schemas;

    PretrainingStage(SchemaShape schemas) {
        this.schemas = schemas;
    }

    /** The size of this stage's schemas. */
    SchemaShape schemas() {
        return schemas;
    }

    /** How often a query shape comes at this stage, given its weight in each. */
    double weight(double[] weights) {
        return weights[ordinal()];
    }
}

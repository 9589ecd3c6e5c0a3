package org.sqltune.evaluation.wikisql;

import java.util.Map;
import java.util.Optional;
import org.sqltune.data.wikisql.WikiSqlQuery;
import org.sqltune.data.wikisql.WikiSqlTables.WikiSqlTable;
import org.sqltune.evaluation.ScoredPrediction;

/** Converts gold queries and answers to WikiSQL's form, on which its official scores are defined. */
public sealed interface QueryReading {
    /** Returns the gold query; empty if it can't be converted. */
    Optional<WikiSqlQuery> gold(ScoredPrediction answer);

    /** Returns the answer; empty if it doesn't have WikiSQL's form. */
    Optional<WikiSqlQuery> answer(ScoredPrediction answer);

    /** Returns a description of the conversion, for reports. */
    String rule();

    /**
     * Queries given in WikiSQL's form, by the question's id.
     *
     * @param gold every gold query
     * @param answers the answers that have WikiSQL's form
     */
    record Given(Map<String, WikiSqlQuery> gold, Map<String, WikiSqlQuery> answers) implements QueryReading {
        public Given {
            gold = Map.copyOf(gold);
            answers = Map.copyOf(answers);
        }

        @Override
        public Optional<WikiSqlQuery> gold(ScoredPrediction answer) {
            return Optional.ofNullable(gold.get(answer.example().id()));
        }

        @Override
        public Optional<WikiSqlQuery> answer(ScoredPrediction answer) {
            return Optional.ofNullable(answers.get(answer.example().id()));
        }

        @Override
        public String rule() {
            return "answers are given as sel, agg and conds";
        }
    }

    /**
     * Queries given as SQL, which {@link SqlText} reads.
     *
     * @param tables the tables' columns, by table name
     */
    record FromSql(Map<String, WikiSqlTable> tables) implements QueryReading {
        public FromSql {
            tables = Map.copyOf(tables);
        }

        @Override
        public Optional<WikiSqlQuery> gold(ScoredPrediction answer) {
            return read(answer, answer.example().sql());
        }

        @Override
        public Optional<WikiSqlQuery> answer(ScoredPrediction answer) {
            return read(answer, answer.prediction().sql());
        }

        private Optional<WikiSqlQuery> read(ScoredPrediction answer, String sql) {
            return Optional.ofNullable(tables.get(answer.example().databaseId()))
                    .flatMap(table -> SqlText.read(sql, table.columns()));
        }

        @Override
        public String rule() {
            return "SELECT column or function(column) FROM one table WHERE column =, > or < value AND … is read as sel, agg"
                    + " and conds; other SQL counts as wrong";
        }
    }
}

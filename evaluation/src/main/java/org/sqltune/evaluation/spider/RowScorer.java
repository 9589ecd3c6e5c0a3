package org.sqltune.evaluation.spider;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.evaluation.spider.SpiderEvaluator.SpiderPair;
import org.sqltune.evaluation.spider.execution.DatabaseSession;
import org.sqltune.evaluation.spider.execution.OriginalExecution;
import org.sqltune.evaluation.spider.execution.TestSuiteExecution;
import org.sqltune.evaluation.spider.execution.TestSuiteExecution.TestSuiteRules;
import org.sqltune.evaluation.spider.grammar.ParsedQuery;
import org.sqltune.evaluation.spider.grammar.QueryParser;
import org.sqltune.evaluation.spider.grammar.QuerySchema;
import org.sqltune.evaluation.spider.grammar.UnparseableQueryException;
import org.sqltune.evaluation.spider.match.ComparableForm;
import org.sqltune.evaluation.spider.match.ExactSetMatch;
import org.sqltune.evaluation.spider.match.ForeignKeys;
import org.sqltune.evaluation.spider.match.HardnessRule;
import org.sqltune.evaluation.spider.match.SetMatch;

/**
 * Scores the predictions for one database. If the official script would fail on a prediction, the prediction is
 * wrong; if it would fail on a gold query, the row has no scores.
 */
final class RowScorer {
    private static final Logger log = LoggerFactory.getLogger(RowScorer.class);

    private final QuerySchema schema;
    private final ForeignKeys foreignKeys;
    private final TestSuiteExecution testSuite;
    private final @Nullable DatabaseSession databases;

    /** @param databases null if the database is missing */
    RowScorer(QuerySchema schema, ForeignKeys foreignKeys, TestSuiteRules rules, @Nullable DatabaseSession databases) {
        this.schema = schema;
        this.foreignKeys = foreignKeys;
        this.testSuite = new TestSuiteExecution(rules);
        this.databases = databases;
    }

    SpiderVerdict score(SpiderPair pair) {
        ParsedQuery prediction = parse(pair.prediction());
        boolean unparseable = prediction == null;
        ParsedQuery gold = parse(pair.gold());
        if (gold == null) {
            log.warn("Gold query {} can't be read by Spider's official grammar and isn't scored", pair.index());
            return new SpiderVerdict(pair.index(), pair.databaseId(), null, null, null, null, unparseable);
        }
        ParsedQuery goldForm = ComparableForm.of(gold, schema, foreignKeys);
        ParsedQuery form = comparable(prediction == null ? ParsedQuery.EMPTY : prediction);
        SetMatch match = ExactSetMatch.compare(form == null ? ParsedQuery.EMPTY : form, goldForm);
        return new SpiderVerdict(
                pair.index(),
                pair.databaseId(),
                HardnessRule.of(gold),
                match,
                form == null && databases != null ? Boolean.FALSE : original(pair, form, goldForm),
                testSuite(pair),
                unparseable);
    }

    private @Nullable ParsedQuery parse(String sql) {
        try {
            return QueryParser.parse(sql, schema);
        } catch (UnparseableQueryException e) {
            return null;
        }
    }

    private @Nullable ParsedQuery comparable(ParsedQuery query) {
        try {
            return ComparableForm.of(query, schema, foreignKeys);
        } catch (UnparseableQueryException e) {
            return null;
        }
    }

    private @Nullable Boolean original(SpiderPair pair, @Nullable ParsedQuery form, ParsedQuery goldForm) {
        if (databases == null || form == null) {
            return null;
        }
        try {
            return OriginalExecution.matches(databases.original(), pair.prediction(), pair.gold(), form, goldForm);
        } catch (SqlExecutionException e) {
            return goldFailed(pair, e);
        }
    }

    private @Nullable Boolean testSuite(SpiderPair pair) {
        if (databases == null) {
            return null;
        }
        try {
            return testSuite.matches(databases.testSuite(), pair.prediction(), pair.gold());
        } catch (SqlExecutionException e) {
            return goldFailed(pair, e);
        }
    }

    private static @Nullable Boolean goldFailed(SpiderPair pair, SqlExecutionException failure) {
        log.warn("Gold query {} can't be run on {}: {}", pair.index(), pair.databaseId(), failure.getMessage());
        return null;
    }
}

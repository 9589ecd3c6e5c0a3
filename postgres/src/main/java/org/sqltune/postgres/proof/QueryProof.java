package org.sqltune.postgres.proof;

import java.util.Optional;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.core.sql.syntax.SqlSyntaxException;
import org.sqltune.postgres.query.QueryTranslator;
import org.sqltune.postgres.query.QueryTranslator.TranslatedQuery;
import org.sqltune.postgres.value.UnsupportedSqlException;

/**
 * Converts queries of one database and runs both versions. A query is proved if both return the same bag of rows and,
 * where the query orders them totally, the same order; {@link RowEquality} compares values. To find out whether the
 * order is total, the query also runs in PostgreSQL with ties broken upwards and then downwards.
 */
public final class QueryProof {
    private final QueryTranslator translator;
    private final SqlExecutor sqlite;
    private final SqlExecutor postgres;

    /**
     * @param translator translates queries for the database's schema
     * @param sqlite the SQLite database
     * @param postgres its copy in PostgreSQL
     */
    public QueryProof(QueryTranslator translator, SqlExecutor sqlite, SqlExecutor postgres) {
        this.translator = translator;
        this.sqlite = sqlite;
        this.postgres = postgres;
    }

    /** Converts and proves one query. Any fault of the query becomes the verdict, not an exception. */
    public Verdict prove(String sql) {
        QueryResult expected;
        try {
            expected = sqlite.execute(sql);
        } catch (SqlExecutionException e) {
            return Verdict.rejected(null, reason(e, RejectReason.SQLITE_ERROR), e.getMessage());
        }
        TranslatedQuery translated;
        try {
            translated = translator.translate(sql);
        } catch (SqlSyntaxException e) {
            return Verdict.rejected(null, RejectReason.PARSE, e.getMessage());
        } catch (UnsupportedSqlException e) {
            return Verdict.rejected(null, RejectReason.CONVERSION, e.getMessage());
        }
        return compare(expected, translated);
    }

    private Verdict compare(QueryResult expected, TranslatedQuery translated) {
        String sql = translated.sql();
        try {
            QueryResult found = postgres.execute(sql);
            if (expected.truncated() || found.truncated()) {
                return Verdict.rejected(sql, RejectReason.TOO_LARGE, "more rows than are compared");
            }
            return verdict(expected, found, translated);
        } catch (SqlExecutionException e) {
            return Verdict.rejected(sql, reason(e, RejectReason.POSTGRES_ERROR), e.getMessage());
        }
    }

    private Verdict verdict(QueryResult expected, QueryResult found, TranslatedQuery translated) {
        RowEquality equality = new RowEquality(translated.columns());
        Optional<String> difference = equality.bagDifference(expected, found);
        boolean sameOrder = difference.isEmpty() && equality.sameOrder(expected, found);
        boolean choices = translated.freeRow() || translated.limited();
        if (!choices && difference.isEmpty() && (sameOrder || !translated.ordered())) {
            return Verdict.proved(translated.sql(), sameOrder, false);
        }
        QueryResult first = postgres.execute(translated.first());
        QueryResult last = postgres.execute(translated.last());
        boolean free = choices && equality.bagDifference(first, last).isPresent();
        if (difference.isPresent()) {
            RejectReason why = translated.freeRow() ? RejectReason.FREE_ROW_OF_GROUP : RejectReason.TIED_LIMIT;
            return Verdict.rejected(translated.sql(), free ? why : RejectReason.ROWS_DIFFER, difference.get());
        }
        boolean total = translated.ordered() && !free && equality.sameOrder(first, last);
        return total && !sameOrder
                ? Verdict.rejected(translated.sql(), RejectReason.ROWS_DIFFER, "the rows in another order")
                : Verdict.proved(translated.sql(), sameOrder, free);
    }

    private static RejectReason reason(SqlExecutionException e, RejectReason otherwise) {
        return switch (e.kind()) {
            case TIMEOUT -> RejectReason.TIMEOUT;
            case TOO_LARGE -> RejectReason.TOO_LARGE;
            default -> e.kind() == Kind.MISSING_DATABASE ? RejectReason.NO_DATABASE : otherwise;
        };
    }
}

package org.sqltune.postgres.schema;

import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.RenderKeywordCase;
import org.jooq.conf.RenderNameCase;
import org.jooq.conf.RenderOptionalKeyword;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.conf.StatementType;
import org.jooq.impl.DSL;

/** Formats PostgreSQL's SQL: inlined values, keywords in upper case, names quoted only if necessary. */
public final class Postgres {
    private Postgres() {}

    static {
        // Otherwise jOOQ logs a logo and tips.
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    /** Returns a writer of statements, without a database. */
    public static DSLContext writer() {
        return DSL.using(SQLDialect.POSTGRES, settings());
    }

    /** Like {@link #writer()}, but with one clause per line. */
    public static DSLContext formattedWriter() {
        return DSL.using(SQLDialect.POSTGRES, settings().withRenderFormatted(true));
    }

    private static Settings settings() {
        return new Settings()
                .withStatementType(StatementType.STATIC_STATEMENT)
                .withRenderKeywordCase(RenderKeywordCase.UPPER)
                .withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_UNQUOTED)
                .withRenderNameCase(RenderNameCase.AS_IS)
                .withRenderOptionalAsKeywordForTableAliases(RenderOptionalKeyword.ON)
                .withRenderOptionalAsKeywordForFieldAliases(RenderOptionalKeyword.ON);
    }
}

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

/** How PostgreSQL is written: values in place, keywords in capitals, names quoted only where they must be. */
public final class Postgres {
    private Postgres() {}

    static {
        // jOOQ greets and advises on the log otherwise.
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    /** Writes statements, without a database behind it. */
    public static DSLContext writer() {
        return DSL.using(SQLDialect.POSTGRES, settings());
    }

    /** Like {@link #writer()}, a clause a line. */
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

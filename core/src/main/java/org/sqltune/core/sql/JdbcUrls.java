package org.sqltune.core.sql;

/** Recognises PostgreSQL's JDBC URLs. */
public final class JdbcUrls {
    private static final String POSTGRES = "jdbc:postgresql:";

    private JdbcUrls() {}

    /** Whether the text is a JDBC URL of PostgreSQL. */
    public static boolean isPostgres(String database) {
        return database.startsWith(POSTGRES);
    }
}

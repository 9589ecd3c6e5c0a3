package org.sqltune.core.sql;

/** Recognises PostgreSQL's JDBC URLs and removes passwords from them. */
public final class JdbcUrls {
    private static final String POSTGRES = "jdbc:postgresql:";

    private JdbcUrls() {}

    /** Whether the text is a JDBC URL of PostgreSQL. */
    public static boolean isPostgres(String database) {
        return database.startsWith(POSTGRES);
    }

    /**
     * Returns a text without the passwords in the PostgreSQL URL at its end. The remaining URL works if {@code
     * ~/.pgpass} holds the password. A text without such a URL is returned unchanged.
     */
    public static String withoutPassword(String text) {
        return text.contains(POSTGRES)
                ? text.replaceFirst("//[^/?]*@", "//")
                        .replaceAll("(?i)(?<=[?&])\\w*password=[^&]*&?", "")
                        .replaceFirst("[?&]$", "")
                : text;
    }
}

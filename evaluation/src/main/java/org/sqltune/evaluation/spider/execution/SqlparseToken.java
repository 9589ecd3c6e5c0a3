package org.sqltune.evaluation.spider.execution;

/**
 * A piece of SQL as Python's sqlparse cuts it. The pieces of a text, put together, are the text.
 *
 * @param kind what it is
 * @param text as written
 */
record SqlparseToken(Kind kind, String text) {

    /** What a piece is, as far as the evaluator asks. */
    enum Kind {
        /** A space or a tab. */
        SPACE,
        /** A comment to the end of the line. */
        LINE_COMMENT,
        /** A string in single quotes. */
        SINGLE_QUOTED,
        /** A string in double quotes. */
        DOUBLE_QUOTED,
        /** A keyword, or a name that nothing else shows to be one. */
        WORD,
        /** Anything else. */
        OTHER
    }
}

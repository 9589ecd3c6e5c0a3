package org.sqltune.evaluation.spider.execution;

/**
 * A token of Python's sqlparse. The tokens of a text, concatenated, are the text.
 *
 * @param kind the kind of token
 * @param text as written
 */
record SqlparseToken(Kind kind, String text) {

    /** The kinds of tokens that the evaluator distinguishes. */
    enum Kind {
        /** A space or a tab. */
        SPACE,
        /** A comment to the end of the line. */
        LINE_COMMENT,
        /** A string in single quotes. */
        SINGLE_QUOTED,
        /** A string in double quotes. */
        DOUBLE_QUOTED,
        /** A keyword or a bare name. */
        WORD,
        /** Anything else. */
        OTHER
    }
}

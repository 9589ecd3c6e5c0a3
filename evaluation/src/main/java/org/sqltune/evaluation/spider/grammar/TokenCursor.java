package org.sqltune.evaluation.spider.grammar;

import java.util.List;
import java.util.Set;

/** A position in a list of tokens. Where the official code reads past the end, the query is unparseable. */
final class TokenCursor {
    private final List<String> tokens;
    private int position;

    TokenCursor(List<String> tokens) {
        this.tokens = tokens;
    }

    int position() {
        return position;
    }

    void moveTo(int newPosition) {
        position = newPosition;
    }

    void advance() {
        position++;
    }

    boolean atEnd() {
        return position >= tokens.size();
    }

    /** Returns the current token. */
    String current() {
        if (atEnd()) {
            throw new UnparseableQueryException("the query ends where the grammar expects more");
        }
        return tokens.get(position);
    }

    /** Returns whether the current token is this one; false at the end. */
    boolean isAt(String token) {
        return !atEnd() && tokens.get(position).equals(token);
    }

    /** Returns whether the current token is one of these; false at the end. */
    boolean isAtAny(Set<String> candidates) {
        return !atEnd() && candidates.contains(tokens.get(position));
    }

    /** Skips the current token if it is this one; fails at the end. */
    boolean passIfCurrent(String token) {
        boolean found = current().equals(token);
        if (found) {
            position++;
        }
        return found;
    }

    /** Skips the current token if it is this one; does nothing at the end. */
    boolean passIfAt(String token) {
        boolean found = isAt(token);
        if (found) {
            position++;
        }
        return found;
    }

    /** Skips the current token, which must be this one. */
    void expect(String token) {
        if (!isAt(token)) {
            throw new UnparseableQueryException("expected " + token + " at token " + position);
        }
        position++;
    }

    /** Returns the position of the next such token; fails if there is none. */
    int find(String token) {
        for (int i = position; i < tokens.size(); i++) {
            if (tokens.get(i).equals(token)) {
                return i;
            }
        }
        throw new UnparseableQueryException("no " + token + " from token " + position + " on");
    }

    /** Returns the position of the first of these tokens from here on, or the end. */
    int findAny(Set<String> candidates) {
        int i = position;
        while (i < tokens.size() && !candidates.contains(tokens.get(i))) {
            i++;
        }
        return i;
    }

    /** Returns a cursor over the tokens between two positions. */
    TokenCursor between(int start, int end) {
        return new TokenCursor(tokens.subList(start, end));
    }
}

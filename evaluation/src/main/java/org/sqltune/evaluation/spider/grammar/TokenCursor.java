package org.sqltune.evaluation.spider.grammar;

import java.util.List;
import java.util.Set;

/** A place in a list of tokens. The official grammar looks at some tokens whether or not there are any left. */
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

    /** The token here. */
    String current() {
        if (atEnd()) {
            throw new UnparseableQueryException("the query ends where the grammar expects more");
        }
        return tokens.get(position);
    }

    /** Whether the token here is this one; false at the end. */
    boolean isAt(String token) {
        return !atEnd() && tokens.get(position).equals(token);
    }

    /** Whether the token here is one of these; false at the end. */
    boolean isAtAny(Set<String> candidates) {
        return !atEnd() && candidates.contains(tokens.get(position));
    }

    /** Passes the token if it is this one; the end is a fault here. */
    boolean passIfCurrent(String token) {
        boolean found = current().equals(token);
        if (found) {
            position++;
        }
        return found;
    }

    /** Passes the token if it is this one; does nothing at the end. */
    boolean passIfAt(String token) {
        boolean found = isAt(token);
        if (found) {
            position++;
        }
        return found;
    }

    /** Passes the token, which must be this one. */
    void expect(String token) {
        if (!isAt(token)) {
            throw new UnparseableQueryException("expected " + token + " at token " + position);
        }
        position++;
    }

    /** The place of the next such token from here on; it must be there. */
    int find(String token) {
        for (int i = position; i < tokens.size(); i++) {
            if (tokens.get(i).equals(token)) {
                return i;
            }
        }
        throw new UnparseableQueryException("no " + token + " from token " + position + " on");
    }

    /** The place of the first of these tokens from here on, or the end. */
    int findAny(Set<String> candidates) {
        int i = position;
        while (i < tokens.size() && !candidates.contains(tokens.get(i))) {
            i++;
        }
        return i;
    }

    /** The tokens between two places, by themselves. */
    TokenCursor between(int start, int end) {
        return new TokenCursor(tokens.subList(start, end));
    }
}

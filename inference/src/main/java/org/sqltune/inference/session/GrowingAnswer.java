package org.sqltune.inference.session;

import org.sqltune.inference.engine.TextListener;

/**
 * Shows an answer as it comes, and takes it from the screen again when it is whole, for the SQL in colours to stand in its
 * place. {@link #text} may be called by another thread than {@link #end}.
 */
final class GrowingAnswer implements TextListener {
    private final SessionOutput output;
    private final StringBuilder shown = new StringBuilder();
    private boolean ended;

    GrowingAnswer(SessionOutput output) {
        this.output = output;
    }

    @Override
    public synchronized void text(String piece) {
        // What still comes after a Ctrl-C belongs to nobody.
        if (!ended) {
            shown.append(output.piece(piece));
        }
    }

    /** Takes it from the screen. */
    synchronized void end() {
        ended = true;
        output.erase(shown.toString());
    }
}

package org.sqltune.model.generation;

/** Hears how texts grow, on the thread that computes them. */
public interface GenerationListener {
    /** Hears nothing. */
    GenerationListener NONE = (text, id) -> true;

    /**
     * A piece of the prompt is computed, or was there already.
     *
     * @param computed tokens of the prompt whose keys and values are there
     * @param all tokens of the prompt
     */
    default void prompt(int computed, int all) {}

    /**
     * A token was chosen. Those of beam search aren't told.
     *
     * @param text which of the texts that were asked for, from 0 on
     * @param id the token
     * @return whether the text goes on; false ends it as a stop token would, with this token in it
     */
    boolean token(int text, int id);

    /** Whether a text of beam search ends with the last of these new tokens. */
    default boolean ends(long[] ids) {
        return false;
    }
}

package org.sqltune.core.config;

/**
 * Which of a run's weights become its result; keys of section {@code training}.
 *
 * @param loadBestModelAtEnd whether final_model is the checkpoint with the lowest validation loss
 */
public record SelectionSettings(boolean loadBestModelAtEnd) {

    /** The best checkpoint. */
    public static SelectionSettings defaults() {
        return new SelectionSettings(true);
    }
}

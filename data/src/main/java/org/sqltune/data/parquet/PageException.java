package org.sqltune.data.parquet;

import java.io.IOException;

/** A fault of a file that was found here, in a user's words. */
final class PageException extends IOException {
    private static final long serialVersionUID = 1;

    PageException(String message) {
        super(message);
    }
}

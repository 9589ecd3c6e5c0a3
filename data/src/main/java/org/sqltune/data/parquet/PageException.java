package org.sqltune.data.parquet;

import java.io.IOException;

/** Thrown for a fault of a file; the message suits the user. */
final class PageException extends IOException {
    private static final long serialVersionUID = 1;

    PageException(String message) {
        super(message);
    }
}

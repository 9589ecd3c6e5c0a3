package org.sqltune.inference.answer;

import java.util.List;
import org.sqltune.core.example.ChatMessage;
import org.sqltune.core.example.ReadyPrompt;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.inference.prompt.ModelPrompts;

/** What is asked. */
public sealed interface AnswerPrompt {
    /** A question about a database, which the model's contract writes into a prompt. */
    record Question(SqlQuestion question) implements AnswerPrompt {
        /** A question of which no more is known. */
        public Question(String question, SchemaContent schema) {
            this(ModelPrompts.question("1", question, schema));
        }
    }

    /** A conversation to go on with, which the contract's chat template writes, or the model's own. */
    record Messages(List<ChatMessage> messages) implements AnswerPrompt {
        public Messages {
            messages = List.copyOf(messages);
            if (messages.isEmpty()) {
                throw new IllegalArgumentException("a conversation without messages can't be answered");
            }
        }
    }

    /** A text that is continued as it is, whatever the contract says. */
    record Text(String text) implements AnswerPrompt {}

    /** As a question, which may bring its own words. */
    default SqlQuestion asQuestion() {
        if (this instanceof Question asked) {
            return asked.question();
        }
        return SqlQuestion.of(
                "1",
                this instanceof Messages chat
                        ? ReadyPrompt.ofMessages(chat.messages())
                        : ReadyPrompt.ofText(((Text) this).text()));
    }
}

import DynamoDB

/// The keys of a connection's items.
enum MessageKeys {
    /// The partition of a connection's messages, in the table and in the index.
    static func queue(_ connection: String) -> String { "CONNECTION#\(connection)" }

    /// The key of one message.
    static func message(_ number: Int, of connection: String) -> Item {
        ["PK": .string(queue(connection)), "SK": .number(DecimalNumber(number))]
    }

    /// The key of the item that orders a connection's messages.
    static func head(_ connection: String) -> Item {
        ["PK": .string("HEAD#\(connection)"), "SK": 0]
    }

    /// The key of the item that remembers that a message of some name was sent.
    static func sent(_ id: String, to connection: String) -> Item {
        // Without the length, `a` + `b#c` and `a#b` + `c` would be one key.
        ["PK": .string("SENT#\(connection.utf8.count)#\(connection)#\(id)"), "SK": 0]
    }

    /// The index's sort key of a message that is not acknowledged. The table's holds its numbers in order by itself;
    /// as text they need a fixed width.
    static func undelivered(_ number: Int) -> String { "false#\(number.padded(15))" }
}

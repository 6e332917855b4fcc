import DynamoDB

/// A payment between two accounts, as one transaction over two tables: both balances and a journal entry.
struct Transfer: Equatable, Sendable {
    static let accounts = 8
    static let initialBalance = 1_000

    let number: String
    let from: Int
    let to: Int
    let amount: Int

    static func account(_ number: Int) -> Key { Key(Tables.accounts, "ACCOUNT", "\(number)") }

    var journal: Key { Key(Tables.events, "JOURNAL#\(to)", number) }

    /// The same token each time it is sent, so that it is done once.
    var request: TransactWriteItemsInput {
        TransactWriteItemsInput(
            transactItems: [
                .update(change(Transfer.account(from), by: -amount)),
                .update(change(Transfer.account(to), by: amount)),
                .put(
                    Put(
                        tableName: journal.table,
                        item: journal.attributes.merging([
                            "from": .number(DecimalNumber(from)), "to": .number(DecimalNumber(to)),
                            "amount": .number(DecimalNumber(amount)), "owner": .string("journal"),
                            "rank": .number(DecimalNumber(amount)),
                        ]) { $1 },
                        conditionExpression: "attribute_not_exists(pk)")),
            ],
            clientRequestToken: number)
    }

    private func change(_ account: Key, by amount: Int) -> Update {
        Update(
            tableName: account.table, key: account.attributes, updateExpression: "ADD balance :amount",
            expressionAttributeValues: [":amount": .number(DecimalNumber(amount))])
    }

    static func openAccounts(_ client: DynamoDBClient) async throws {
        for number in 0..<accounts {
            let item = account(number).attributes.merging([
                "balance": .number(DecimalNumber(initialBalance)), "owner": .string("bank"),
                "rank": .number(DecimalNumber(number)),
            ]) { $1 }
            _ = try await client.putItem(PutItemInput(tableName: Tables.accounts, item: item))
        }
    }

    /// Compares the balances with the journal.
    static func faults(in items: [Key: Item]) -> [String] {
        var balances = Array(repeating: initialBalance, count: accounts)
        for (key, entry) in items where key.partition.hasPrefix("JOURNAL#") {
            guard let from = integer(entry["from"]), let to = integer(entry["to"]),
                let amount = integer(entry["amount"])
            else { return ["the journal entry \(key) is damaged"] }
            balances[from] -= amount
            balances[to] += amount
        }
        return balances.enumerated().compactMap { number, expected in
            let found = items[account(number)].flatMap { integer($0["balance"]) }
            return found == expected ? nil : "account \(number) has \(found ?? 0), by its journal \(expected)"
        }
    }

    private static func integer(_ value: AttributeValue?) -> Int? {
        guard case .number(let number) = value else { return nil }
        return Int(exactly: number)
    }
}

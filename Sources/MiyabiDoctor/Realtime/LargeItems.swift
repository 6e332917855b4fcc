import DynamoDB

/// Items that grow towards DynamoDB's limit of 400 KB.
enum LargeItems {
    static let rule = DynamoDBRule(
        "dynamodb-large-items", .warning,
        """
        An item has three quarters of the 400 KB that DynamoDB allows; the write that goes beyond fails. A sample is read: a \
        few pages of each table, at places chosen at random.
        """
    ) { rule, patient in
        var look = Look()
        for (wanted, found) in patient.tables {
            let sample = try await sample(of: wanted, found, patient)
            let limit = 400 * 1024
            guard let (size, key) = sample.largest, size >= patient.thresholds.largeItemBytes else { continue }
            look.findings.append(
                rule.finding(
                    "table \(wanted.tableName)",
                    "\(sample.large) of \(sample.items) items of \(wanted.tableName) that were looked at are larger than "
                        + "\(patient.thresholds.largeItemBytes >> 10) KB; the largest has \(size >> 10) KB of 400",
                    [
                        "largest_bytes": .integer(size), "limit_bytes": .integer(limit),
                        "large_items": .integer(sample.large), "sampled_items": .integer(sample.items),
                        "table_items": .integer(found.itemCount ?? 0), "is_sample": .flag(true),
                    ],
                    mend: patient.aws("get-item", wanted.tableName)
                        + " --key '\(key)'  # then split it, or keep its largest attribute elsewhere"))
        }
        return look
    }

    private struct Sample {
        var items = 0
        var large = 0
        var largest: (bytes: Int, key: String)?
    }

    /// Reads at most a page of 1 MB in each of a few segments. A table of provisioned capacity gives one page only, which is
    /// 128 of its read units.
    private static func sample(
        of table: CreateTableInput, _ found: TableDescription, _ patient: DynamoDBPatient
    ) async throws -> Sample {
        let isProvisioned = (found.provisionedThroughput?.readCapacityUnits ?? 0) > 0 && !patient.isEmbedded
        // A segment of about a page each; the counts of a table are hours old on AWS, and zero for a young one.
        let segments = min(max((found.tableSizeBytes ?? 0) >> 20, 1), 100_000)
        let chosen = Set((0..<(isProvisioned ? 1 : 4)).map { _ in Int.random(in: 0..<segments) })
        let keys = (table.keySchema ?? []).map(\.attributeName)
        var sample = Sample()
        for segment in chosen {
            var input = ScanInput(tableName: table.tableName)
            if segments > 1 { (input.segment, input.totalSegments) = (segment, segments) }
            input.consistentRead = false
            for item in try await patient.dynamoDB.scan(input).items ?? [] {
                let size = item.sizeInBytes
                sample.items += 1
                if size >= patient.thresholds.largeItemBytes { sample.large += 1 }
                if size > sample.largest?.bytes ?? -1 { sample.largest = (size, key(of: item, keys)) }
            }
        }
        return sample
    }

    /// The key as the AWS CLI takes it, safe between single quotes.
    private static func key(of item: Item, _ keys: [String]) -> String {
        let parts = keys.compactMap { name -> String? in
            switch item[name] {
            case .string(let text): "\"\(name)\": {\"S\": \"\(escaped(text))\"}"
            case .number(let number): "\"\(name)\": {\"N\": \"\(number)\"}"
            default: nil
            }
        }
        return "{\(parts.joined(separator: ", "))}"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("'", with: "'\\''")
    }
}

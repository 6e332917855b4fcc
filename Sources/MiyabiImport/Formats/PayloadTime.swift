import DynamoDB
import MiyabiDatabase

/// When a webhook payload was sent, which GitHub does not write into it.
///
/// An event is no older than the newest thing that it reports as done. So its time is the latest of all members
/// whose name ends in `_at` (`updated_at`, `pushed_at`, `closed_at`, …), as ISO 8601 or in seconds since 1970,
/// wherever they stand; but not `expires_at`, which lies ahead, nor what users put in themselves (`client_payload`,
/// `inputs`).
///
/// A payload without any gets ``unknown``. Never the time of the import: the same line must always be the same event.
enum PayloadTime {
    /// 2008-04-10, the day that GitHub opened: no event is older.
    static let unknown = Timestamp(seconds: 1_207_785_600)

    private static let ignored: Set<String> = ["expires_at", "client_payload", "inputs"]

    static func of(_ payload: AttributeValue) -> Timestamp {
        latest(payload) ?? unknown
    }

    private static func latest(_ value: AttributeValue) -> Timestamp? {
        switch value {
        case .map(let members):
            members.lazy.filter { !ignored.contains($0.key) }.compactMap { name, member in
                name.hasSuffix("_at") ? moment(member) ?? latest(member) : latest(member)
            }.max()
        case .list(let elements):
            elements.lazy.compactMap(latest).max()
        default: nil
        }
    }

    /// Not before GitHub, and not after the year 9999: other numbers are no times.
    private static func moment(_ value: AttributeValue) -> Timestamp? {
        let moment: Timestamp? =
            switch value {
            case .string(let text): Timestamp(iso8601: text)
            case .number: value.int.flatMap { (0..<253_402_300_800).contains($0) ? Timestamp(seconds: Int64($0)) : nil }
            default: nil
            }
        return moment.flatMap { $0 >= unknown && $0.seconds < 253_402_300_800 ? $0 : nil }
    }
}

internal import DynamoDB

extension StringSet {
    /// The first string that came before; nil if each comes once.
    static func firstDuplicate(in strings: [String]) -> String? {
        var known = StringSet()
        return strings.first { !known.insert($0).inserted }
    }
}

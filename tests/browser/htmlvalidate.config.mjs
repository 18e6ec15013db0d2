// What html-validate holds the pages to: all that it recommends, and why a rule is not kept.
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // HTML does not care; the templates write it small, like every other tag.
    "doctype-style": ["error", { style: "lowercase" }],
    // A table that a phone shows as cards is no table to a browser (display: block) unless its parts say what they are.
    "no-redundant-role": "off",
    // A number is copied and dialled as it stands: .tel keeps it on one line without putting another sign into it.
    "tel-non-breaking": "off",
  },
};

/** How the HTML of a mail names the code drawn with it: « cid:billet ». */
export const QR_CID = 'billet'

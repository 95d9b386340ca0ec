// What the bundler understands beside scripts.
declare module '*.css' {
  const text: string;
  export default text;
}
